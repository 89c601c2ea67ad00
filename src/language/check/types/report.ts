import { closest } from '../../../base/index.ts';
import { toRego, type Value } from '../../../values/index.ts';
import type { Environment } from '../../normal/environment.ts';
import type { CallGoal, RefOperand } from '../../normal/normal.ts';
import { stages } from '../../normal/stages.ts';
import { pathText } from '../path-text.ts';
import type { ArgumentProblem } from './calls.ts';
import { alternatives, describe } from './describe.ts';
import type { TypeReporter } from './goals.ts';
import type { ReferenceProblem } from './reference.ts';

const code = 'rego_type_error';

/** Says what cannot be, in words. */
export function typeReporter({ report, source }: Environment): TypeReporter {
  return {
    reference: (ref, problem) => {
      const end = closed(source.text, ref.path[problem.index]?.span.end ?? ref.span.end);
      const span = end > ref.span.start ? { start: ref.span.start, end } : ref.span;
      report(stages.types, { code, span, ...explainReference(source.text, ref, problem) });
    },
    mismatch: ({ span }, left, right) =>
      report(stages.types, {
        code,
        span,
        message: `match error: ${describe(left)} never equals ${describe(right)}`,
      }),
    everyReplacement: ({ target: { span } }) =>
      report(stages.types, {
        code,
        span,
        message: 'no function can be replaced for an `every`',
        hint: 'write `with` behind the conditions inside it that call the function',
      }),
    argument: (goal, problem) => {
      const { span } = problem.operand;
      const inside = span.start > goal.span.start && span.end <= goal.span.end;
      const place = { message: `this is ${describe(problem.found)}`, source, span };
      report(stages.types, {
        code,
        span: goal.span,
        ...explainArgument(goal, problem),
        related: inside ? [place] : undefined,
      });
    },
    target: ({ span, target }) =>
      report(stages.types, {
        code,
        span: { start: span.start, end: Math.max(target.span.end, span.start) },
        message: `undefined function ${targetName(target)}`,
        hint: `${targetName(target).split('.').at(-1)} is a rule without arguments: refer to it without "(…)"`,
      }),
    replacement: ({ span }, target, value) =>
      report(stages.types, {
        code,
        span,
        message: `arity mismatch: a ${describe(target)} argument${target.args.length === 1 ? '' : 's'} is replaced by a ${describe(value)}`,
        hint: 'a function is replaced by a value, or by a function that takes the same arguments',
      }),
  };
}

function targetName(target: CallGoal['target']): string {
  return target.kind === 'builtin' ? target.name : ['data', ...target.path].join('.');
}

/** An offset moved behind the bracket that follows it. */
function closed(text: string, end: number): number {
  const bracket = /^\s*\]/u.exec(text.slice(end, end + 20));
  return bracket ? end + bracket[0].length : end;
}

function explainReference(
  text: string,
  ref: RefOperand,
  { index, below, keys, found }: ReferenceProblem,
): { message: string; hint?: string | undefined } {
  const whole = refText(text, ref, ref.path.length);
  if (below?.kind === 'function')
    return {
      message: `function ${whole} used as reference, not called`,
      hint: `write ${text.slice(ref.span.start, ref.span.end)}(…) to call it`,
    };
  const message = `undefined ref: ${whole}`;
  if (found)
    return { message, hint: `the key is ${describe(found)}, there are ${keysText(keys, 'others')} only` };
  const above = refText(text, ref, index);
  if (keys.length === 0) return { message, hint: `${above} is ${describe(below)}: it has no such part` };
  const part = ref.path[index]!;
  const wanted = part.kind === 'const' && typeof part.value === 'string' ? part.value : undefined;
  const near =
    wanted === undefined
      ? undefined
      : closest(
          wanted,
          keys.filter(key => typeof key === 'string'),
        );
  return { message, hint: near ? `did you mean "${near}"?` : `${above} has ${keysText(keys, 'no keys')}` };
}

function keysText(keys: readonly Value[], none: string): string {
  return keys.length === 0
    ? none
    : alternatives(keys.map(key => toRego(key))).replace(/ or (?=[^,]*$)/u, ' and ');
}

/** A reference up to a part: names resolved, variables as written. */
function refText(text: string, { head, path }: RefOperand, length: number): string {
  const start = head.kind === 'local' ? text.slice(head.span.start, head.span.end) : head.kind;
  return path.slice(0, length).reduce((shown, part) => {
    if (part.kind === 'local' && part.local.generated) return `${shown}[_]`;
    if (part.kind !== 'const') return `${shown}[${text.slice(part.span.start, part.span.end)}]`;
    if (typeof part.value === 'string') return shown + pathText([part.value]).slice('data'.length);
    return `${shown}[${toRego(part.value)}]`;
  }, start);
}

function explainArgument(
  goal: CallGoal,
  { index, found, wanted }: ArgumentProblem,
): { message: string; hint?: string } {
  const is = `found ${describe(found)}, expected ${describe(wanted)}`;
  const { target } = goal;
  if (target.kind === 'function') {
    const name = pathText(target.path);
    return { message: `${name}: invalid argument ${index + 1}: ${is}` };
  }
  const { name, infix, args } = target.declaration;
  if (name.startsWith('internal.member_'))
    return { message: `match error: found ${describe(found)}, the collection holds ${describe(wanted)}` };
  if (index >= args.length)
    return { message: `${name}: the result is ${describe(wanted)}, not ${describe(found)}` };
  if (infix && args.length === 2)
    return { message: `${infix}: invalid argument on the ${index === 0 ? 'left' : 'right'}: ${is}` };
  return { message: `${name}: invalid argument "${args[index]!.name}": ${is}` };
}
