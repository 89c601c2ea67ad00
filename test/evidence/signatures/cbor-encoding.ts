/** What the encoder of the tests writes. */
export type CborItem =
  | number
  | string
  | Buffer
  | readonly CborItem[]
  | ReadonlyMap<number | string, CborItem>
  | Tag;

export class Tag {
  readonly tag: number;
  readonly value: CborItem;

  constructor(tag: number, value: CborItem) {
    this.tag = tag;
    this.value = value;
  }
}

/** CBOR (RFC 8949) in its usual form. */
export function encode(item: CborItem): Buffer {
  if (typeof item === 'number') return item < 0 ? head(1, -1 - item) : head(0, item);
  if (typeof item === 'string') return Buffer.concat([head(3, Buffer.byteLength(item)), Buffer.from(item)]);
  if (Buffer.isBuffer(item)) return Buffer.concat([head(2, item.length), item]);
  if (item instanceof Tag) return Buffer.concat([head(6, item.tag), encode(item.value)]);
  if (item instanceof Map) {
    const entries = [...(item as ReadonlyMap<number | string, CborItem>)];
    return Buffer.concat([head(5, entries.length), ...entries.flatMap(entry => entry.map(encode))]);
  }
  const items = item as readonly CborItem[];
  return Buffer.concat([head(4, items.length), ...items.map(encode)]);
}

/** The shortest form, as deterministic encoding wants it. */
function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.from([(major << 5) | argument]);
  const size = argument < 0x100 ? 1 : argument < 0x10000 ? 2 : 4;
  const bytes = Buffer.alloc(1 + size);
  bytes[0] = (major << 5) | (24 + Math.log2(size));
  bytes.writeUIntBE(argument, 1, size);
  return bytes;
}
