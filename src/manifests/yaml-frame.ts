import { ObjectValue, type Scalar, type Value } from '../values/index.ts';
import { Branch, isMapping, isSequence, type Node, nodeValue } from './branch.ts';
import { Unreadable } from './problem.ts';

/** A collection whose end has not been read yet. */
export interface Frame {
  readonly start: number;
  readonly anchor: string | undefined;
  /** Takes the next item, or the value of the key just added. */
  add(node: Node, offset: number): void;
  finish(): Branch;
}

export class SequenceFrame implements Frame {
  readonly start: number;
  readonly anchor: string | undefined;
  private readonly members: Node[] = [];
  private readonly values: Value[] = [];
  private readonly offsets: number[] = [];

  constructor(start: number, anchor: string | undefined) {
    this.start = start;
    this.anchor = anchor;
  }

  add(node: Node, offset: number): void {
    this.members.push(node);
    this.values.push(nodeValue(node));
    this.offsets.push(offset);
  }

  finish(): Branch {
    return new Branch(this.values, undefined, this.members, this.offsets);
  }
}

/**
 * Keys are strings, as in JSON. A key that comes twice is refused, and so is one that is merged over after it
 * was written: for some readers the later holds, for others the one that the mapping has itself. A key written
 * behind the `<<` holds for all of them.
 */
export class MappingFrame implements Frame {
  readonly start: number;
  readonly anchor: string | undefined;
  private readonly entries = new Map<Scalar, Value>();
  private readonly keys: string[] = [];
  private readonly members: Node[] = [];
  private readonly offsets: number[] = [];
  private merged: readonly Branch[] = [];
  private mergedAt = 0;
  private keysBeforeMerge: ReadonlySet<string> = new Set();
  private key: string | undefined;
  private keyMerges = false;
  private hasMerged = false;

  constructor(start: number, anchor: string | undefined) {
    this.start = start;
    this.anchor = anchor;
  }

  get awaitsKey(): boolean {
    return this.key === undefined;
  }

  /** `merges` is said of a plain `<<`. */
  addKey(key: Node, offset: number, merges: boolean): void {
    if (typeof key !== 'string') throw new Unreadable('a key must be a scalar', offset);
    const twice = merges ? this.hasMerged : this.entries.has(key);
    if (twice) throw new Unreadable(`the key "${key.slice(0, 60)}" is there twice`, offset);
    this.key = key;
    this.keyMerges = merges;
    if (merges) this.hasMerged = true;
  }

  add(node: Node, offset: number): void {
    const key = this.key!;
    this.key = undefined;
    if (this.keyMerges) this.merge(node, offset);
    else this.put(key, node, offset);
  }

  finish(): Branch {
    const own = new Set(this.keys);
    for (const source of this.merged) this.inherit(source, own);
    const value = this.keys.length === 0 ? ObjectValue.empty : new ObjectValue(this.entries, undefined);
    return new Branch(value, this.keys, this.members, this.offsets);
  }

  private put(key: string, node: Node, offset: number): void {
    this.entries.set(key, nodeValue(node));
    this.keys.push(key);
    this.members.push(node);
    this.offsets.push(offset);
  }

  private merge(node: Node, offset: number): void {
    const sources = isSequence(node) ? node.members : [node];
    if (!sources.every(isMapping)) throw new Unreadable('"<<" merges mappings only', offset);
    this.merged = sources;
    this.mergedAt = offset;
    this.keysBeforeMerge = new Set(this.keys);
  }

  /** What the mapping has from an earlier source stays. */
  private inherit(source: Branch, own: ReadonlySet<string>): void {
    for (let i = 0; i < source.members.length; i++) {
      const key = source.keys![i]!;
      if (this.keysBeforeMerge.has(key)) throw this.overlap(key);
      if (own.has(key)) continue;
      if (!this.entries.has(key)) this.put(key, source.members[i]!, source.offsets[i]!);
    }
  }

  private overlap(key: string): Unreadable {
    return new Unreadable(
      `"<<" merges the key "${key.slice(0, 60)}", which stands before it: readers differ in which one holds`,
      this.mergedAt,
      'manifest_error',
      'put the "<<" before the keys that it must not replace',
    );
  }
}
