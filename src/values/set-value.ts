import { compare, compareLists } from './compare.ts';
import { Composite, rank } from './composite.ts';
import { hash, hashList, isScalar } from './hash.ts';
import type { Scalar, Value } from './value.ts';

/** A Rego set. Made by a SetBuilder or `SetValue.of`; never changed afterwards. */
export class SetValue extends Composite {
  override readonly rank = rank.set;
  static readonly empty: SetValue = new SetValue(new Set(), undefined);

  private readonly scalars: ReadonlySet<Scalar>;
  private readonly composites: ReadonlyMap<string, Value> | undefined;
  private sorted: readonly Value[] | undefined;
  private hashed: string | undefined;

  constructor(scalars: ReadonlySet<Scalar>, composites: ReadonlyMap<string, Value> | undefined) {
    super();
    this.scalars = scalars;
    this.composites = composites;
  }

  static of(items: Iterable<Value>): SetValue {
    const builder = new SetBuilder();
    for (const item of items) builder.add(item);
    return builder.build();
  }

  get size(): number {
    return this.scalars.size + (this.composites?.size ?? 0);
  }

  has(value: Value): boolean {
    return isScalar(value) ? this.scalars.has(value) : (this.composites?.has(hash(value)) ?? false);
  }

  /** The elements in Rego's order. */
  items(): readonly Value[] {
    if (this.sorted === undefined) {
      const items: Value[] = [...this.scalars];
      if (this.composites) for (const item of this.composites.values()) items.push(item);
      this.sorted = items.sort(compare);
    }
    return this.sorted;
  }

  override compareTo(other: Value): number {
    return compareLists(this.items(), (other as SetValue).items());
  }

  override equals(other: Value): boolean {
    if (!(other instanceof SetValue) || other.size !== this.size) return false;
    return this.items().every(item => other.has(item));
  }

  override hash(): string {
    this.hashed ??= `<${hashList(this.items())}>`;
    return this.hashed;
  }
}

export class SetBuilder {
  private readonly scalars = new Set<Scalar>();
  private composites: Map<string, Value> | undefined;

  get size(): number {
    return this.scalars.size + (this.composites?.size ?? 0);
  }

  /** Adds an element; false where it was there already. */
  add(value: Value): boolean {
    const before = this.size;
    if (isScalar(value)) this.scalars.add(value);
    else {
      this.composites ??= new Map();
      this.composites.set(hash(value), value);
    }
    return this.size > before;
  }

  /** The builder must not be used after this. */
  build(): SetValue {
    return this.size === 0 ? SetValue.empty : new SetValue(this.scalars, this.composites);
  }
}
