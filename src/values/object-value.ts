import { compare, equals } from './compare.ts';
import { Composite, rank } from './composite.ts';
import { hash, hashList, isScalar } from './hash.ts';
import { spend } from './meter.ts';
import type { Scalar, Value } from './value.ts';

type Entry = readonly [key: Value, value: Value];

/**
 * A Rego object: any value may be a key, and no key is special (`__proto__` is a key like another).
 * Made by an ObjectBuilder or `ObjectValue.of`; never changed afterwards.
 */
export class ObjectValue extends Composite {
  override readonly rank = rank.object;
  static readonly empty: ObjectValue = new ObjectValue(new Map(), undefined);

  private readonly scalars: ReadonlyMap<Scalar, Value>;
  private readonly composites: ReadonlyMap<string, Entry> | undefined;
  private sortedKeys: readonly Value[] | undefined;
  private sortedValues: readonly Value[] | undefined;
  private hashed: string | undefined;

  constructor(scalars: ReadonlyMap<Scalar, Value>, composites: ReadonlyMap<string, Entry> | undefined) {
    super();
    this.scalars = scalars;
    this.composites = composites;
  }

  static of(entries: Iterable<Entry>): ObjectValue {
    const builder = new ObjectBuilder();
    for (const [key, value] of entries) builder.set(key, value);
    return builder.build();
  }

  get size(): number {
    return this.scalars.size + (this.composites?.size ?? 0);
  }

  get(key: Value): Value | undefined {
    return isScalar(key) ? this.scalars.get(key) : this.composites?.get(hash(key))?.[1];
  }

  has(key: Value): boolean {
    return isScalar(key) ? this.scalars.has(key) : (this.composites?.has(hash(key)) ?? false);
  }

  /** The keys in Rego's order. */
  keys(): readonly Value[] {
    if (this.sortedKeys === undefined) {
      const keys: Value[] = [...this.scalars.keys()];
      if (this.composites) for (const entry of this.composites.values()) keys.push(entry[0]);
      this.sortedKeys = keys.sort(compare);
    }
    return this.sortedKeys;
  }

  /** The values in the order of their keys: `values()[i]` belongs to `keys()[i]`. */
  values(): readonly Value[] {
    this.sortedValues ??= this.keys().map(key => this.get(key)!);
    return this.sortedValues;
  }

  /** The entries in the order of their keys. */
  *entries(): IterableIterator<Entry> {
    const keys = this.keys();
    const values = this.values();
    for (let i = 0; i < keys.length; i++) yield [keys[i]!, values[i]!];
  }

  /** Key by key in order: the smaller key, then the smaller value, then the shorter object. */
  override compareTo(other: Value): number {
    const that = other as ObjectValue;
    spend(1);
    const length = Math.min(this.size, that.size);
    for (let i = 0; i < length; i++) {
      const order =
        compare(this.keys()[i]!, that.keys()[i]!) || compare(this.values()[i]!, that.values()[i]!);
      if (order !== 0) return order;
    }
    return this.size - that.size;
  }

  override equals(other: Value): boolean {
    if (!(other instanceof ObjectValue) || other.size !== this.size) return false;
    spend(1);
    return this.keys().every((key, i) => {
      const item = other.get(key);
      return item !== undefined && equals(this.values()[i]!, item);
    });
  }

  override hash(): string {
    this.hashed ??= `{${hashList(this.keys())}:${hashList(this.values())}}`;
    return this.hashed;
  }
}

export class ObjectBuilder {
  private readonly scalars: Map<Scalar, Value>;
  private composites: Map<string, Entry> | undefined;

  /** Starts from the entries of `base` where it is given. */
  constructor(base?: ObjectValue) {
    this.scalars = new Map();
    if (base) for (const [key, value] of base.entries()) this.set(key, value);
  }

  get size(): number {
    return this.scalars.size + (this.composites?.size ?? 0);
  }

  get(key: Value): Value | undefined {
    return isScalar(key) ? this.scalars.get(key) : this.composites?.get(hash(key))?.[1];
  }

  has(key: Value): boolean {
    return isScalar(key) ? this.scalars.has(key) : (this.composites?.has(hash(key)) ?? false);
  }

  /** Sets an entry, in place of an earlier one of an equal key. */
  set(key: Value, value: Value): this {
    if (isScalar(key)) this.scalars.set(key, value);
    else {
      this.composites ??= new Map();
      this.composites.set(hash(key), [key, value]);
    }
    return this;
  }

  delete(key: Value): void {
    if (isScalar(key)) this.scalars.delete(key);
    else this.composites?.delete(hash(key));
  }

  /** The builder must not be used after this. */
  build(): ObjectValue {
    return this.size === 0 ? ObjectValue.empty : new ObjectValue(this.scalars, this.composites);
  }
}
