import type { PlannedModifier, WithOp } from '../language/index.ts';
import { isObject, ObjectBuilder, ObjectValue, type Value } from '../values/index.ts';
import type { Compiler, RuleNode } from './context.ts';
import { Context, type Frame, type Mock, type Step, type World } from './context.ts';
import { compileExpr } from './expressions.ts';

/** A world that a modifier may change before it becomes a context. */
type Draft = { -readonly [K in keyof World]: World[K] };

/** Changes the world; false where the modifier's value is undefined. */
type Change = (context: Context, frame: Frame, draft: Draft) => boolean;

/** A step that runs others in a world of their own, and then goes on in this one. */
export function compileWith(compiler: Compiler, op: WithOp, next: Step): Step {
  const changes = op.modifiers.map(modifier => compileModifier(compiler, modifier));
  const run = compiler.block(op.ops, (context, frame) => next(context.outer!, frame));
  return (context, frame) => {
    const { run: shared, budget, input, data, root, masks, mocks } = context;
    const draft: Draft = { run: shared, budget, input, data, root, masks, mocks };
    for (const change of changes) if (!change(context, frame, draft)) return false;
    return run(new Context(draft, context), frame);
  };
}

function compileModifier(compiler: Compiler, modifier: PlannedModifier): Change {
  if (modifier.set === 'function') return compileMock(compiler, modifier);
  const value = compileExpr(compiler, modifier.e);
  const { path } = modifier;
  if (modifier.set === 'input') {
    return (context, frame, draft) => {
      const replacement = value(context, frame);
      if (replacement === undefined) return false;
      draft.input = placed(draft.input, path, replacement);
      return true;
    };
  }
  const node = findNode(compiler.root, path);
  if (node?.group?.kind === 'function') return mockWith(['data', ...path].join('.'), value);
  return (context, frame, draft) => {
    const replacement = value(context, frame);
    if (replacement === undefined) return false;
    draft.data = placed(draft.data, path, replacement);
    if (node) draft.masks = new Set([...(draft.masks ?? []), node]);
    return true;
  };
}

function compileMock(compiler: Compiler, modifier: Extract<PlannedModifier, { set: 'function' }>): Change {
  if ('e' in modifier) return mockWith(modifier.name, compileExpr(compiler, modifier.e));
  const { name, group } = modifier.target;
  const mock = { name, group: group === undefined ? undefined : compiler.groups[group]! };
  return (_context, _frame, draft) => setMock(draft, modifier.name, mock);
}

function mockWith(name: string, value: ReturnType<typeof compileExpr>): Change {
  return (context, frame, draft) => {
    const replacement = value(context, frame);
    return replacement !== undefined && setMock(draft, name, { value: replacement });
  };
}

function setMock(draft: Draft, name: string, mock: Mock): true {
  draft.mocks = new Map(draft.mocks).set(name, mock);
  return true;
}

function findNode(root: RuleNode, path: readonly string[]): RuleNode | undefined {
  let at: RuleNode | undefined = root;
  for (const name of path) at = at?.children.get(name);
  return at;
}

/** A document with a value put at a path; what is no object on the way becomes one. */
function placed(document: Value | undefined, path: readonly string[], value: Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const object = document !== undefined && isObject(document) ? document : ObjectValue.empty;
  return new ObjectBuilder(object).set(key, placed(object.get(key), rest, value)).build();
}
