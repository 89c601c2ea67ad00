/**
 * A map that forgets what was used least recently once it holds more than `capacity` entries.
 * For what is dear to make and depends on its key alone: compiled patterns, time zones.
 */
export class BoundedCache<T> {
  private readonly entries = new Map<string, T>();
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** The entry of a key; made, and kept, where there is none. What `make` throws is not kept. */
  get(key: string, make: () => T): T {
    const found = this.entries.get(key);
    if (found !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, found);
      return found;
    }
    const made = make();
    if (this.entries.size >= this.capacity) this.entries.delete(this.entries.keys().next().value!);
    this.entries.set(key, made);
    return made;
  }
}
