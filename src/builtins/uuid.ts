import { ObjectBuilder, parseNumber, type Value } from '../values/index.ts';
import { fromHex, hexOf } from './bytes.ts';

const GROUPS = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/iu;

/** From 1582-10-15, when the clock of UUIDs begins, to 1970, in units of 100 ns. */
const EPOCH = 0x01b21dd213814000n;

/** The 16 bytes of a UUID, plain, in braces, as a URN or without hyphens; undefined where the text is none. */
export function parseUuid(text: string): Uint8Array | undefined {
  if (text.length === 32) return fromHex(text);
  const inner =
    text.length === 45 && /^urn:uuid:/iu.test(text)
      ? text.slice(9)
      : text.length === 38
        ? text.slice(1, 37)
        : text;
  return GROUPS.test(inner) ? fromHex(inner.replaceAll('-', '')) : undefined;
}

/** 32 hexadecimal digits with hyphens where a UUID has them. */
export function formatUuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** What a UUID tells (RFC 9562): those of version 1 and 2 their time, node and clock, others little. */
export function describeUuid(bytes: Uint8Array): Value {
  const version = bytes[6]! >> 4;
  const description = new ObjectBuilder().set('version', version).set('variant', variant(bytes[8]!));
  if (version !== 1 && version !== 2) return description.build();
  const node = bytes.subarray(10);
  description
    .set('time', time(bytes))
    .set('nodeid', [...node].map(byte => hexOf(Uint8Array.of(byte))).join('-'))
    .set('macvariables', macVariables(node[0]!))
    .set('clocksequence', ((bytes[8]! & 0x3f) << 8) | bytes[9]!);
  if (version === 2) description.set('id', bigEndian(bytes, 0, 4)).set('domain', domain(bytes[9]!));
  return description.build();
}

function variant(byte: number): string {
  if ((byte & 0xc0) === 0x80) return 'RFC4122';
  if ((byte & 0xe0) === 0xc0) return 'Microsoft';
  return (byte & 0xe0) === 0xe0 ? 'Future' : 'Reserved';
}

/** Nanoseconds since 1970, in 64 bits: what lies outside wraps around. */
function time(bytes: Uint8Array): Value {
  const high = BigInt(bigEndian(bytes, 6, 8) & 0xfff);
  const ticks = (high << 48n) | (BigInt(bigEndian(bytes, 4, 6)) << 32n) | BigInt(bigEndian(bytes, 0, 4));
  return parseNumber(BigInt.asIntN(64, (ticks - EPOCH) * 100n).toString())!;
}

function bigEndian(bytes: Uint8Array, from: number, to: number): number {
  return bytes.subarray(from, to).reduce((value, byte) => value * 256 + byte, 0);
}

function macVariables(byte: number): string {
  return `${byte & 2 ? 'local' : 'global'}:${byte & 1 ? 'multicast' : 'unicast'}`;
}

function domain(byte: number): string {
  return ['Person', 'Group', 'Org'][byte] ?? `Domain${byte}`;
}
