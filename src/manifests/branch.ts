import { limits } from '../base/index.ts';
import {
  type BigNumber,
  isArray,
  isObject,
  isSet,
  type ObjectValue,
  type Scalar,
  type Value,
} from '../values/index.ts';
import { beyondLimit, Unreadable } from './problem.ts';

/** A part of a document: a scalar is its own value, a collection knows where its members stand. */
export type Node = Scalar | BigNumber | Branch;

/** The offset of what has no text. */
export const nowhere = -1;

/** An object or array, its members in the order of the text. Shared where YAML aliases share it. */
export class Branch {
  readonly value: ObjectValue | readonly Value[];
  /** The keys of an object; undefined for an array. */
  readonly keys: readonly string[] | undefined;
  readonly members: readonly Node[];
  /** Where each member begins in the text. */
  readonly offsets: readonly number[];
  /** Nodes in this branch, aliases expanded. */
  readonly size: number;
  /** Branches inside one another, this one counted. */
  readonly height: number;

  constructor(
    value: ObjectValue | readonly Value[],
    keys: readonly string[] | undefined,
    members: readonly Node[],
    offsets: readonly number[],
  ) {
    this.value = value;
    this.keys = keys;
    this.members = members;
    this.offsets = offsets;
    let size = 1;
    let height = 0;
    for (const member of members) {
      size += sizeOf(member);
      if (member instanceof Branch && member.height > height) height = member.height;
    }
    this.size = size;
    this.height = height + 1;
  }

  /** The member of a key; undefined where there is none and in arrays. */
  get(key: string): Node | undefined {
    const at = this.indexOf(key);
    return at === -1 ? undefined : this.members[at];
  }

  /** Where the member of a key begins; `nowhere` where there is none. */
  offsetOf(key: string): number {
    return this.offsets[this.indexOf(key)] ?? nowhere;
  }

  private indexOf(key: string): number {
    if (this.keys === undefined || !(this.value as ObjectValue).has(key)) return -1;
    return this.keys.indexOf(key);
  }
}

export function sizeOf(node: Node): number {
  return node instanceof Branch ? node.size : 1;
}

export function nodeValue(node: Node): Value {
  return node instanceof Branch ? node.value : node;
}

/** The text of a string node; undefined for any other. */
export function textOf(node: Node | undefined): string | undefined {
  return typeof node === 'string' ? node : undefined;
}

export function isMapping(node: Node | undefined): node is Branch {
  return node instanceof Branch && node.keys !== undefined;
}

export function isSequence(node: Node | undefined): node is Branch {
  return node instanceof Branch && node.keys === undefined;
}

/** The members of an array; none where the node is no array. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return isSequence(node) ? node.members : [];
}

/** The node of a value that came without text. Throws Unreadable where it is nested too deep. */
export function nodeOf(value: Value, depth = 0): Node {
  if (depth > limits.nesting) throw beyondLimit('levels of nesting', limits.nesting, 0);
  if (isArray(value)) {
    const members = value.map(item => nodeOf(item, depth + 1));
    return new Branch(value, undefined, members, members.map(unplaced));
  }
  if (isObject(value)) return objectNode(value, depth);
  if (isSet(value)) throw new Unreadable('a set is no JSON', 0);
  return value;
}

function objectNode(value: ObjectValue, depth: number): Branch {
  const keys: string[] = [];
  const members: Node[] = [];
  for (const [key, item] of value.entries()) {
    if (typeof key !== 'string') throw new Unreadable('a key of an object must be a string', 0);
    keys.push(key);
    members.push(nodeOf(item, depth + 1));
  }
  return new Branch(value, keys, members, members.map(unplaced));
}

function unplaced(): number {
  return nowhere;
}
