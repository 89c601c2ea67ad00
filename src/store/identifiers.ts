const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 48 bits of time, 80 of chance, so that ids sort by time. */
export function newUlid(now: number): string {
  return ulidTime(now) + randomText(16);
}

/** The first 10 characters of every ULID of a millisecond. */
export function ulidTime(now: number): string {
  return Array.from({ length: 10 }, (_, index) => alphabet[Math.floor(now / 32 ** (9 - index)) % 32]).join(
    '',
  );
}

/** The milliseconds since 1970 that a ULID begins with. */
export function timeOfUlid(id: string): number {
  return [...id.slice(0, 10)].reduce((time, character) => time * 32 + alphabet.indexOf(character), 0);
}

/** An id of 16 characters that nobody can guess: 80 bits. */
export function newIdentifier(): string {
  return randomText(16).toLowerCase();
}

function randomText(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), byte => alphabet[byte % 32]).join('');
}
