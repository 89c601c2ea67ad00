import { BuiltinError } from '../builtin.ts';

/** One element of DER: a tag, and a content that may hold further elements. */
export interface DerElement {
  /** The first byte: class, whether constructed, number. */
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly raw: Uint8Array;
}

/** Tags of the universal class as they stand in DER. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  bmpString: 0x1e,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The tag of a context-specific element. */
export function context(number: number, constructed = true): number {
  return 0x80 | (constructed ? 0x20 : 0) | number;
}

/** The element at the start of the bytes. Throws BuiltinError where there is none. */
export function readElement(bytes: Uint8Array): DerElement {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f)
    return malformed('truncated element');
  let length = first;
  let start = 2;
  if (first >= 0x80) {
    const count = first - 0x80;
    if (count === 0 || count > 4 || bytes.length < 2 + count) return malformed('invalid length');
    start = 2 + count;
    length = bytes.subarray(2, start).reduce((value, byte) => value * 256 + byte, 0);
    if (length < 0x80 || bytes[2] === 0) return malformed('non-minimal length');
  }
  if (bytes.length < start + length) return malformed('truncated content');
  return { tag, content: bytes.subarray(start, start + length), raw: bytes.subarray(0, start + length) };
}

/** The elements one after another. */
export function readElements(bytes: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    const element = readElement(bytes.subarray(at));
    elements.push(element);
    at += element.raw.length;
  }
  return elements;
}

/** The one element that the bytes are. */
export function readOnly(bytes: Uint8Array, tag?: number): DerElement {
  const element = readElement(bytes);
  if (element.raw.length !== bytes.length) return malformed('trailing data');
  return tag === undefined ? element : expectTag(element, tag);
}

/** The elements inside one of a certain tag. */
export function childrenOf(
  element: DerElement | undefined,
  tag: number = tags.sequence,
): readonly DerElement[] {
  return readElements(expectTag(element, tag).content);
}

export function expectTag(element: DerElement | undefined, tag: number): DerElement {
  return element?.tag === tag ? element : malformed('unexpected element');
}

export function integerOf(element: DerElement | undefined): bigint {
  const { content } = expectTag(element, tags.integer);
  if (content.length === 0) return malformed('empty integer');
  const unsigned = unsignedOf(content);
  return content[0]! >= 0x80 ? unsigned - (1n << BigInt(8 * content.length)) : unsigned;
}

/** The number that bytes are, the first the most significant. */
export function unsignedOf(bytes: Uint8Array): bigint {
  let text = '0x0';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return BigInt(text);
}

/** The arcs of an object identifier. */
export function oidArcs(element: DerElement | undefined): readonly number[] {
  const { content } = expectTag(element, tags.oid);
  const arcs: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (arcs.length > 0) arcs.push(value);
    else arcs.push(Math.min(Math.floor(value / 40), 2), value - 40 * Math.min(Math.floor(value / 40), 2));
    value = 0;
  }
  return arcs;
}

export function oidOf(element: DerElement | undefined): string {
  return oidArcs(element).join('.');
}

export function booleanOf(element: DerElement): boolean {
  return expectTag(element, tags.boolean).content[0] !== 0;
}

/** The bytes of a bit string, whose last may have unused bits. */
export function bitStringOf(element: DerElement | undefined): Uint8Array {
  const { content } = expectTag(element, tags.bitString);
  return content.length > 0 ? content.subarray(1) : malformed('empty bit string');
}

/** An element of DER from its content. */
export function encodeElement(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  const lengthBytes = encodeLength(length);
  const bytes = new Uint8Array(1 + lengthBytes.length + length);
  bytes[0] = tag;
  bytes.set(lengthBytes, 1);
  let at = 1 + lengthBytes.length;
  for (const content of contents) {
    bytes.set(content, at);
    at += content.length;
  }
  return bytes;
}

/** A number that is not negative. */
export function encodeUnsigned(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const digits = bytes.subarray(start);
  const padding = digits.length === 0 || digits[0]! >= 0x80 ? Uint8Array.of(0) : new Uint8Array();
  return encodeElement(tags.integer, padding, digits);
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.of(0x80 + bytes.length, ...bytes);
}

export function malformed(reason: string): never {
  throw new BuiltinError(`asn1: ${reason}`);
}
