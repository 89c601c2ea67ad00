import { Halt } from '../base/index.ts';
import { equals, ObjectBuilder, SetBuilder, type SetValue, type Value } from '../values/index.ts';

/** What rules with keys in their heads have given so far: objects in objects, values and sets at the ends. */
export class PartialObject {
  private readonly entries = new Map<Value, Value | SetBuilder | PartialObject>();
  private readonly keys = new ObjectBuilder();

  /** Puts a value at the end of a path of keys. Throws a Halt where another value stands there. */
  put(path: readonly Value[], value: Value): void {
    const [holder, key] = this.enter(path);
    const there = holder.entries.get(key);
    if (there === undefined) holder.entries.set(key, value);
    else if (there instanceof PartialObject || there instanceof SetBuilder || !equals(there, value))
      conflict();
  }

  /** Adds an element to the set at the end of a path of keys. */
  add(path: readonly Value[], element: Value): void {
    const [holder, key] = this.enter(path);
    const there = holder.entries.get(key);
    const set = there ?? new SetBuilder();
    if (!(set instanceof SetBuilder)) conflict();
    set.add(element);
    holder.entries.set(key, set);
  }

  /** An empty set or object at the end of a path of keys, where nothing is there yet. */
  ensure(path: readonly Value[], makes: 'set' | 'object'): void {
    const [holder, key] = this.enter(path);
    if (!holder.entries.has(key))
      holder.entries.set(key, makes === 'set' ? new SetBuilder() : new PartialObject());
  }

  /** Adds what another has collected, under a path; what is empty only where `empty` says so. */
  absorb(path: readonly Value[], other: PartialObject, empty: boolean): void {
    if (empty) this.ensure(path, 'object');
    for (const [key, there] of other.entries) {
      const below = [...path, key];
      if (there instanceof PartialObject) this.absorb(below, there, empty);
      else if (there instanceof SetBuilder) this.addAll(below, there.build(), empty);
      else this.put(below, there);
    }
  }

  /** Adds the elements of a set to the one at the end of a path; an empty one only where `empty` says so. */
  addAll(path: readonly Value[], elements: SetValue, empty: boolean): void {
    if (empty) this.ensure(path, 'set');
    for (const element of elements.items()) this.add(path, element);
  }

  build(): Value {
    const builder = new ObjectBuilder();
    for (const [key, there] of this.entries) {
      builder.set(key, there instanceof PartialObject || there instanceof SetBuilder ? there.build() : there);
    }
    return builder.build();
  }

  private enter(path: readonly Value[]): [PartialObject, Value] {
    let holder: PartialObject = this;
    for (const key of path.slice(0, -1)) holder = holder.below(holder.canonical(key));
    return [holder, holder.canonical(path.at(-1)!)];
  }

  private below(key: Value): PartialObject {
    const there = this.entries.get(key);
    if (there instanceof PartialObject) return there;
    if (there !== undefined) conflict();
    const next = new PartialObject();
    this.entries.set(key, next);
    return next;
  }

  /** Equal keys as one value, so that a Map finds them. */
  private canonical(key: Value): Value {
    const known = this.keys.get(key);
    if (known !== undefined) return known;
    this.keys.set(key, key);
    return key;
  }
}

function conflict(): never {
  throw new Halt('eval_conflict_error', 'object keys must be unique');
}
