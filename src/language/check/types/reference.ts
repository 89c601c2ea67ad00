import { isNumber, isScalar, type Value } from '../../../values/index.ts';
import type { Local, Operand, RefOperand } from '../../normal/normal.ts';
import { constantKey, type TypeEnvironment } from './environment.ts';
import { infer } from './infer.ts';
import { overlap } from './overlap.ts';
import { isEmptyCollection, keysOf, select, valuesOf } from './selection.ts';
import { typeOf } from './terms.ts';
import type { TypeNode } from './tree.ts';
import { any, type Type, type Unknown } from './type.ts';

/** Why a reference cannot be: `index` is the place in its path, `below` what the path so far leads to. */
export interface ReferenceProblem {
  readonly index: number;
  readonly below: Type | Unknown;
  /** The keys that there are, where these are known one by one. */
  readonly keys: readonly Value[];
  /** The type of the key where that is what does not fit. */
  readonly found?: Type | Unknown;
}

/**
 * The first part of a reference that can lead nowhere; undefined where all may. Locals in it of which
 * nothing is known take the type of the keys that they choose from.
 */
export function checkReference(env: TypeEnvironment, ref: RefOperand): ReferenceProblem | undefined {
  const { head, path } = ref;
  if (head.kind === 'local') return checkBelow(env, typeOfHead(env, head.local), path, 0);
  if (isFunction(typeOf(env, ref))) return { index: path.length - 1, below: typeOf(env, ref), keys: [] };
  for (const layer of env.layers) {
    const node = layer.child(head.kind);
    const result = node ? checkDocument(env, node, path) : 'missing';
    if (result !== 'missing') return result;
  }
  return checkBelow(env, any, path, 0);
}

/** What a reference looks into may be anything, where nothing else is known of it. */
function typeOfHead({ locals }: TypeEnvironment, local: Local): Type {
  const type = locals.get(local) ?? any;
  locals.set(local, type);
  return type;
}

function checkDocument(
  env: TypeEnvironment,
  root: TypeNode,
  path: readonly Operand[],
): ReferenceProblem | Unknown | 'missing' {
  let node = root;
  for (const [index, part] of path.entries()) {
    if (node.type) return checkBelow(env, node.type, path, index);
    const key = constantKey(part);
    if (index < 2 && !mayName(part)) return { index, below: node.extent(), keys: keysIn(node) };
    if (key === undefined) {
      const problem = checkKey(env, part, node.extent(), index);
      return problem ? { ...problem, keys: keysIn(node) } : 'missing';
    }
    const child = node.child(key);
    if (!child) return 'missing';
    node = child;
  }
  return undefined;
}

/** Packages have names: what chooses one is a string, or a local that may hold one. */
function mayName(part: Operand): boolean {
  if (part.kind === 'const') return typeof part.value === 'string';
  return part.kind !== 'array' && part.kind !== 'object' && part.kind !== 'set';
}

function checkBelow(
  env: TypeEnvironment,
  type: Type,
  path: readonly Operand[],
  from: number,
): ReferenceProblem | undefined {
  let below: Type | Unknown = type;
  for (let index = from; index < path.length; index++) {
    if (below === undefined) return undefined;
    const part = path[index]!;
    if (isEmptyCollection(below) || keysOf(below) === undefined) return { index, below, keys: [] };
    if (part.kind === 'const' && isScalarKey(part.value)) {
      const next: Type | Unknown = select(below, part.value);
      if (!next) return { index, below, keys: knownKeys(below) };
      below = next;
      continue;
    }
    const problem = checkKey(env, part, below, index);
    if (problem) return problem;
    below = valuesOf(below);
  }
  return undefined;
}

function checkKey(
  env: TypeEnvironment,
  part: Operand,
  below: Type,
  index: number,
): ReferenceProblem | undefined {
  const keys = keysOf(below);
  const known = part.kind === 'local' || part.kind === 'ref' ? typeOf(env, part) : undefined;
  const fitting = known ? overlap(known, keys) : infer(env, part, keys);
  if (fitting) return undefined;
  return { index, below, keys: knownKeys(below), found: known ?? typeOf(env, part) };
}

function isScalarKey(value: Value): boolean {
  return isScalar(value) || isNumber(value);
}

function isFunction(type: Type | Unknown): boolean {
  return type?.kind === 'function';
}

function knownKeys(type: Type): Value[] {
  if (type.kind === 'object') return [...type.properties.values()].map(({ key }) => key);
  return type.kind === 'union' ? type.of.flatMap(knownKeys) : [];
}

function keysIn(node: TypeNode): Value[] {
  return [...node.children.values()].map(child => child.key);
}
