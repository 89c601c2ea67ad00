/** What is kept: bytes, or a text such as a digest. */
type Content = Uint8Array | string;

interface Entry {
  readonly content: Content;
  readonly size: number;
  /** Milliseconds of the caller's clock. */
  readonly until: number;
}

/** What a key and its entry cost beside their content, about. */
const overhead = 200;

/**
 * What registries have answered, for as long as an isolate or a process lives. What is found by its digest
 * can be kept for ever, what a tag stands for for seconds. Of too much, what was used longest ago goes first.
 */
export class RegistryCache {
  private readonly entries = new Map<string, Entry>();
  private readonly most: number;
  private bytes = 0;

  /** Holds so many bytes, 32 MiB if not said. */
  constructor(most = 32 * 1024 * 1024) {
    this.most = most;
  }

  get(key: string, now: number): Content | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.remove(key, entry);
    if (entry.until <= now) return undefined;
    this.add(key, entry);
    return entry.content;
  }

  set(key: string, content: Content, until: number = Number.POSITIVE_INFINITY): void {
    const size = content.length + key.length + overhead;
    const known = this.entries.get(key);
    if (known !== undefined) this.remove(key, known);
    if (size > this.most / 4) return;
    this.add(key, { content, size, until });
    for (const [oldest, entry] of this.entries) {
      if (this.bytes <= this.most) break;
      this.remove(oldest, entry);
    }
  }

  private add(key: string, entry: Entry): void {
    this.entries.set(key, entry);
    this.bytes += entry.size;
  }

  private remove(key: string, entry: Entry): void {
    this.entries.delete(key);
    this.bytes -= entry.size;
  }
}
