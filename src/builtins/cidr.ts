import { type Address, fromIpv6, parseAddress, printAddress, toIpv6 } from './address.ts';

/** A network: an address, whose host bits are zero, and the length of its prefix. */
export interface Cidr {
  readonly address: Address;
  readonly prefix: number;
}

/** The network of a text such as `10.1.2.3/8`; undefined where it is none. */
export function parseCidr(text: string): Cidr | undefined {
  const [host, prefixText, ...more] = text.split('/');
  if (prefixText === undefined || more.length > 0 || !/^\d+$/u.test(prefixText)) return undefined;
  const address = parseAddress(host!);
  if (address === undefined) return undefined;
  const written = host!.includes(':') ? 6 : 4;
  const prefix = Number(prefixText);
  if (prefix > widthOf(written)) return undefined;
  return written === 6 && address.family === 4 ? mappedNetwork(address, prefix) : network(address, prefix);
}

/** The network of a prefix that an address lies in. */
export function network(address: Address, prefix: number): Cidr {
  const host = BigInt(widthOf(address.family) - prefix);
  return { address: { family: address.family, value: (address.value >> host) << host }, prefix };
}

/** A network written in IPv6 around a mapped IPv4 address: of IPv4, as long as the prefix holds the mapping. */
function mappedNetwork(address: Address, prefix: number): Cidr {
  return prefix >= 96
    ? network(address, prefix - 96)
    : network({ family: 6, value: toIpv6(address) }, prefix);
}

export function containsAddress(cidr: Cidr, address: Address): boolean {
  if (cidr.address.family !== address.family) return false;
  const host = BigInt(widthOf(address.family) - cidr.prefix);
  return cidr.address.value >> host === address.value >> host;
}

export function containsCidr(cidr: Cidr, other: Cidr): boolean {
  return cidr.prefix <= other.prefix && containsAddress(cidr, other.address);
}

/** How many addresses a network has. */
export function sizeOf(cidr: Cidr): bigint {
  return 1n << BigInt(widthOf(cidr.address.family) - cidr.prefix);
}

export function printCidr(cidr: Cidr): string {
  return `${printAddress(cidr.address)}/${cidr.prefix}`;
}

interface Range {
  /** In 128 bits. */
  readonly first: bigint;
  readonly last: bigint;
  /** The network that the range is, where it is not joined of several. */
  readonly cidr?: Cidr;
}

/** The fewest networks that hold the same addresses; a network that joins no other stays as it is. */
export function mergeCidrs(cidrs: readonly Cidr[]): readonly Cidr[] {
  const ranges = cidrs.map(rangeOf).sort((a, b) => order(a.last, b.last) || order(a.first, b.first));
  const merged: Range[] = [];
  for (const range of ranges.toReversed()) {
    const above = merged.at(-1);
    if (above === undefined || before(above.first) > range.last) merged.push(range);
    else
      merged[merged.length - 1] = {
        first: order(range.first, above.first) < 0 ? range.first : above.first,
        last: above.last,
      };
  }
  return merged.flatMap(range => (range.cidr ? [range.cidr] : blocks(range)));
}

function rangeOf(cidr: Cidr): Range {
  const { address } = network(cidr.address, cidr.prefix);
  const first = toIpv6(address);
  return { first, last: first + sizeOf(cidr) - 1n, cidr };
}

/** The address before one, but for the first of its family. */
function before(value: bigint): bigint {
  return fromIpv6(value).value === 0n ? value : value - 1n;
}

/** The networks that make up a range, the largest that fit. */
function blocks(range: Range): readonly Cidr[] {
  const found: Cidr[] = [];
  for (let first = range.first; first <= range.last; ) {
    let host = 0n;
    while (host < 128n && fits(first, host + 1n, range.last)) host++;
    found.push(blockOf(first, Number(host)));
    first += 1n << host;
  }
  return found;
}

function fits(first: bigint, host: bigint, last: bigint): boolean {
  const size = 1n << host;
  return first % size === 0n && first + size - 1n <= last;
}

function blockOf(first: bigint, host: number): Cidr {
  const address = fromIpv6(first);
  if (address.family === 4 && host <= 32) return { address, prefix: 32 - host };
  return { address: { family: 6, value: first }, prefix: 128 - host };
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function widthOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}
