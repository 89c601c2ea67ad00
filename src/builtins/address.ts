/** An IP address. One of IPv6 that maps an IPv4 address (`::ffff:1.2.3.4`) is that IPv4 address. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

const MAPPED = 0xffffn << 32n;

/** The address of a text in the forms of RFC 4291 and RFC 5952, without a zone; undefined where it is none. */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const value = parseIpv4(text);
    return value === undefined ? undefined : { family: 4, value };
  }
  const value = parseIpv6(text);
  return value === undefined ? undefined : fromIpv6(value);
}

/** The address whose 128 bits these are. */
export function fromIpv6(value: bigint): Address {
  return value >> 32n === 0xffffn ? { family: 4, value: value & 0xffffffffn } : { family: 6, value };
}

/** The address as 128 bits: an IPv4 address is mapped. */
export function toIpv6(address: Address): bigint {
  return address.family === 6 ? address.value : MAPPED | address.value;
}

/** The address as RFC 5952 writes it. */
export function printAddress(address: Address): string {
  if (address.family === 4)
    return [24n, 16n, 8n, 0n].map(shift => (address.value >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => (address.value >> BigInt(112 - 16 * i)) & 0xffffn);
  const [start, length] = longestZeros(groups);
  const print = (some: readonly bigint[]) => some.map(group => group.toString(16)).join(':');
  return length < 2
    ? print(groups)
    : `${print(groups.slice(0, start))}::${print(groups.slice(start + length))}`;
}

/** The first of the longest runs of zero groups. */
function longestZeros(groups: readonly bigint[]): readonly [start: number, length: number] {
  let best: readonly [number, number] = [0, 0];
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0n) end++;
    if (end - start > best[1]) best = [start, end - start];
  }
  return best;
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/u.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const before = parseGroups(halves[0]!, halves.length === 1);
  const after = halves.length === 2 ? parseGroups(halves[1]!, true) : [];
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...new Array<bigint>(missing).fill(0n), ...after];
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

/** The groups of a part between colons; the last two may stand as an IPv4 address at the very end. */
function parseGroups(text: string, atEnd: boolean): readonly bigint[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: bigint[] = [];
  for (const [i, part] of parts.entries()) {
    if (atEnd && i === parts.length - 1 && part.includes('.')) {
      const embedded = parseIpv4(part);
      if (embedded === undefined) return undefined;
      groups.push(embedded >> 16n, embedded & 0xffffn);
    } else if (/^[0-9a-fA-F]{1,4}$/u.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
