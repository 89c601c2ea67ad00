import { attempt, Refused } from './refused.ts';

/**
 * A reader that reads each thing once, as long as the thing is there: what was sent with a request is held
 * against every image of it. What it refused it refuses again.
 */
export function remembered<K extends object, V>(read: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V | Refused }>();
  return key => {
    let entry = known.get(key);
    if (entry === undefined) {
      entry = { value: attempt(() => read(key)) };
      known.set(key, entry);
    }
    if (entry.value instanceof Refused) throw entry.value;
    return entry.value;
  };
}
