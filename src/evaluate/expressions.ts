import { Halt } from '../base/index.ts';
import type { Comprehension, Expr, TemplatePart } from '../language/index.ts';
import { equals, ObjectBuilder, ObjectValue, SetBuilder, type Value } from '../values/index.ts';
import type { Compiler, Context, Frame, Get, RuleNode, Step } from './context.ts';
import { Cursor, step, valueAt } from './document.ts';
import { groupValue } from './group.ts';
import { lookup, lookupBase } from './lookup.ts';
import { templateText } from './template.ts';

/** A closure that gives the value of an expression. */
export function compileExpr(compiler: Compiler, expr: Expr): Get {
  switch (expr.k) {
    case 'const': {
      const value = compiler.constant(expr.c);
      return () => value;
    }
    case 'slot': {
      const { s } = expr;
      return (_, frame) => frame[s] as Value;
    }
    case 'input':
      return below(context => context.input, compiler, expr.path);
    case 'data':
      return compileData(compiler, expr.path);
    case 'get':
      return expr.virtual
        ? compileVirtual(compiler, expr)
        : below((_, frame) => frame[expr.s] as Value, compiler, expr.path);
    case 'array':
      return compileArray(expr.items.map(item => compileExpr(compiler, item)));
    case 'set':
      return compileSet(expr.items.map(item => compileExpr(compiler, item)));
    case 'object':
      return compileObject(
        expr.entries.map(([key, value]) => [compileExpr(compiler, key), compileExpr(compiler, value)]),
      );
    case 'comprehension':
      return compileComprehension(compiler, expr);
    case 'template':
      return compileTemplate(compiler, expr.parts);
  }
}

/** A closure that gives what is reached from `data` or from a place in it, whether value or place. */
export function compilePlace(
  compiler: Compiler,
  expr: Expr,
): (context: Context, frame: Frame) => Value | Cursor | undefined {
  if (expr.k === 'data') return dataPlace(compilePath(compiler, expr.path));
  if (expr.k === 'get' && expr.virtual) {
    const { s } = expr;
    const path = compilePath(compiler, expr.path);
    return (context, frame) => walk(context, frame, frame[s] as Value | Cursor, path);
  }
  return compileExpr(compiler, expr);
}

function dataPlace(keys: readonly Get[]): (context: Context, frame: Frame) => Value | Cursor | undefined {
  return (context, frame) => walk(context, frame, new Cursor(context.root, context.data), keys);
}

function compilePath(compiler: Compiler, path: readonly Expr[]): Get[] {
  return path.map(part => compileExpr(compiler, part));
}

function walk(
  context: Context,
  frame: Frame,
  start: Value | Cursor,
  path: readonly Get[],
): Value | Cursor | undefined {
  let at: Value | Cursor | undefined = start;
  for (let i = 0; i < path.length && at !== undefined; i++) {
    const key = path[i]!(context, frame);
    if (key === undefined) return undefined;
    at = step(context, at, key);
  }
  return at;
}

/** What is reached by a path from the value that `start` gives. */
function below(
  start: Get,
  compiler: Compiler,
  path: readonly Expr[],
  keys: readonly Get[] = compilePath(compiler, path),
  find = lookup,
): Get {
  let get = start;
  for (const [i, part] of path.entries()) get = compileKey(compiler, get, part, keys[i]!, find);
  return get;
}

function compileKey(compiler: Compiler, from: Get, part: Expr, keyOf: Get, find: typeof lookup): Get {
  if (part.k === 'const') {
    const key = compiler.constant(part.c);
    if (typeof key === 'string') {
      return (context, frame) => {
        const value = from(context, frame);
        if (value instanceof ObjectValue) return value.get(key);
        return value === undefined ? undefined : lookup(value, key);
      };
    }
  }
  return (context, frame) => {
    const value = from(context, frame);
    if (value === undefined) return undefined;
    const at = keyOf(context, frame);
    return at === undefined ? undefined : find(value, at);
  };
}

/**
 * A path below `data`: what of it is constant is resolved against the tree of rules here and now. There are
 * two ways to it, which share their keys: keys hold paths of their own, and each level would double the work.
 */
function compileData(compiler: Compiler, path: readonly Expr[]): Get {
  const keys = compilePath(compiler, path);
  const place = dataPlace(keys);
  const general: Get = (context, frame) => valueAt(context, place(context, frame));
  const found = resolve(compiler, path);
  if (!found) return general;
  const { node, rest } = found;
  const group = node?.group;
  const get = group
    ? below(context => groupValue(context, group), compiler, rest, keys.slice(path.length - rest.length))
    : below(context => context.data, compiler, path, keys, lookupBase);
  return (context, frame) => (context.masks === undefined ? get(context, frame) : general(context, frame));
}

/** The rules that a path leads to, or no node where it leads to documents only; undefined where that is open. */
function resolve(
  compiler: Compiler,
  path: readonly Expr[],
): { readonly node?: RuleNode; readonly rest: readonly Expr[] } | undefined {
  let node = compiler.root;
  for (const [i, part] of path.entries()) {
    if (part.k !== 'const') return undefined;
    const key = compiler.constant(part.c);
    const child = typeof key === 'string' ? node.children.get(key) : undefined;
    if (!child) return { rest: path };
    if (child.group) return child.children.size === 0 ? { node: child, rest: path.slice(i + 1) } : undefined;
    node = child;
  }
  return undefined;
}

function compileVirtual(compiler: Compiler, expr: Extract<Expr, { k: 'get' }>): Get {
  const place = compilePlace(compiler, expr);
  return (context, frame) => valueAt(context, place(context, frame));
}

function compileArray(items: readonly Get[]): Get {
  return (context, frame) => {
    const values = new Array<Value>(items.length);
    for (let i = 0; i < items.length; i++) {
      const value = items[i]!(context, frame);
      if (value === undefined) return undefined;
      values[i] = value;
    }
    return values;
  };
}

function compileSet(items: readonly Get[]): Get {
  return (context, frame) => {
    const builder = new SetBuilder();
    for (const item of items) {
      const value = item(context, frame);
      if (value === undefined) return undefined;
      builder.add(value);
    }
    return builder.build();
  };
}

function compileObject(entries: readonly (readonly [Get, Get])[]): Get {
  return (context, frame) => {
    const builder = new ObjectBuilder();
    for (const [getKey, getValue] of entries) {
      const key = getKey(context, frame);
      if (key === undefined) return undefined;
      const value = getValue(context, frame);
      if (value === undefined) return undefined;
      builder.set(key, value);
    }
    return builder.build();
  };
}

function compileComprehension(compiler: Compiler, expr: Comprehension): Get {
  const value = compileExpr(compiler, expr.value);
  const { into } = expr;
  if (expr.makes === 'object') return compileObjectComprehension(compiler, expr, value);
  const isSet = expr.makes === 'set';
  const run = compiler.block(expr.ops, (context, frame) => {
    const item = value(context, frame);
    if (item === undefined) return false;
    context.budget.charge(1);
    if (isSet) (frame[into] as SetBuilder).add(item);
    else (frame[into] as Value[]).push(item);
    return false;
  });
  return (context, frame) => {
    const collected = isSet ? new SetBuilder() : [];
    frame[into] = collected;
    run(context, frame);
    return isSet ? (collected as SetBuilder).build() : (collected as Value[]);
  };
}

function compileObjectComprehension(compiler: Compiler, expr: Comprehension, value: Get): Get {
  const { into } = expr;
  const key = compileExpr(compiler, expr.key!);
  const run = compiler.block(expr.ops, (context, frame) => {
    const at = key(context, frame);
    const item = at === undefined ? undefined : value(context, frame);
    if (at === undefined || item === undefined) return false;
    context.budget.charge(1);
    putOnce(frame[into] as ObjectBuilder, at, item);
    return false;
  });
  return (context, frame) => {
    const builder = new ObjectBuilder();
    frame[into] = builder;
    run(context, frame);
    return builder.build();
  };
}

function putOnce(builder: ObjectBuilder, key: Value, value: Value): void {
  const there = builder.get(key);
  if (there !== undefined && !equals(there, value)) {
    throw new Halt('eval_conflict_error', 'object keys must be unique');
  }
  builder.set(key, value);
}

function compileTemplate(compiler: Compiler, parts: readonly (string | TemplatePart)[]): Get {
  const texts = parts.map(part => (typeof part === 'string' ? part : compilePart(compiler, part)));
  return (context, frame) => {
    let text = '';
    for (const part of texts) text += typeof part === 'string' ? part : templateText(part(context, frame));
    context.budget.charge(text.length >> 6);
    return text;
  };
}

/** The first value of a template's expression. */
function compilePart(compiler: Compiler, part: TemplatePart): Get {
  const value = compileExpr(compiler, part.value);
  const { into } = part;
  const first: Step = (context, frame) => {
    const found = value(context, frame);
    frame[into] = found;
    return found !== undefined;
  };
  const run = compiler.block(part.ops, first);
  return (context, frame) => {
    frame[into] = undefined;
    run(context, frame);
    return frame[into] as Value | undefined;
  };
}
