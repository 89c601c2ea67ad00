import { refuse } from '../refused.ts';

/** What CBOR (RFC 8949) holds, as far as COSE needs it. */
export type Cbor = number | string | boolean | null | Uint8Array | readonly Cbor[] | CborMap | Tagged;
export type CborMap = ReadonlyMap<number | string, Cbor>;

export class Tagged {
  readonly tag: number;
  readonly value: Cbor;

  constructor(tag: number, value: Cbor) {
    this.tag = tag;
    this.value = value;
  }
}

const deepest = 16;
const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/** The one value that the bytes are. Throws where they are malformed, of indefinite length, or have more behind. */
export function decodeCbor(bytes: Uint8Array): Cbor {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  return reader.ended() ? value : refuse('more follows the CBOR value');
}

/** The bytes of an array of texts and byte strings. */
export function encodeCborArray(items: readonly (string | Uint8Array)[]): Uint8Array {
  const parts = items.flatMap(item => {
    const content = typeof item === 'string' ? encoder.encode(item) : item;
    return [head(typeof item === 'string' ? 3 : 2, content.length), content];
  });
  return Buffer.concat([head(4, items.length), ...parts]);
}

class Reader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  ended(): boolean {
    return this.at === this.bytes.length;
  }

  value(depth: number): Cbor {
    if (depth > deepest) return malformed();
    const first = this.take(1)[0]!;
    const [major, info] = [first >> 5, first & 0x1f];
    if (major === 7) return this.simple(info);
    const argument = this.argument(info);
    switch (major) {
      case 0:
        return argument;
      case 1:
        return -1 - argument;
      case 2:
        return this.take(argument);
      case 3:
        return decoder.decode(this.take(argument));
      case 4:
        return this.items(argument, depth);
      case 5:
        return this.map(argument, depth);
      default:
        return new Tagged(argument, this.value(depth + 1));
    }
  }

  private argument(info: number): number {
    if (info < 24) return info;
    if (info > 27) return malformed();
    const size = 1 << (info - 24);
    const start = this.at;
    this.take(size);
    if (size === 8) {
      const number = Number(this.view.getBigUint64(start));
      return Number.isSafeInteger(number) ? number : malformed();
    }
    return size === 4
      ? this.view.getUint32(start)
      : size === 2
        ? this.view.getUint16(start)
        : this.view.getUint8(start);
  }

  private simple(info: number): Cbor {
    if (info === 20 || info === 21) return info === 21;
    return info === 22 ? null : malformed();
  }

  private items(length: number, depth: number): readonly Cbor[] {
    this.expect(length);
    return Array.from({ length }, () => this.value(depth + 1));
  }

  private map(length: number, depth: number): CborMap {
    this.expect(length);
    const map = new Map<number | string, Cbor>();
    for (let i = 0; i < length; i++) {
      const key = this.value(depth + 1);
      if ((typeof key !== 'number' && typeof key !== 'string') || map.has(key)) return malformed();
      map.set(key, this.value(depth + 1));
    }
    return map;
  }

  private take(length: number): Uint8Array {
    this.expect(length);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** Everything takes a byte at least: what says it is longer than what is left is refused before it is made. */
  private expect(length: number): void {
    if (length > this.bytes.length - this.at) malformed();
  }
}

function head(major: number, length: number): Uint8Array {
  if (length < 24) return Uint8Array.of((major << 5) | length);
  const bytes = new Uint8Array(5);
  bytes[0] = (major << 5) | 26;
  new DataView(bytes.buffer).setUint32(1, length);
  if (length > 0xffff) return bytes;
  const short = length > 0xff ? [25, length >> 8, length & 0xff] : [24, length];
  return Uint8Array.of((major << 5) | short[0]!, ...short.slice(1));
}

function malformed(): never {
  return refuse('the CBOR is malformed');
}
