const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 48 bits of time, 80 of chance, so that ids sort by time. */
export function newDecisionId(now: number): string {
  const time = Array.from({ length: 10 }, (_, index) => ALPHABET[Math.floor(now / 32 ** (9 - index)) % 32]);
  const chance = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => ALPHABET[byte % 32]);
  return [...time, ...chance].join('');
}
