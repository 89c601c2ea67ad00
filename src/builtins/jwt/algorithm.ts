import type { HashName, Scheme } from '../crypto/primitives.ts';

/** How a token is signed (RFC 7518, RFC 8037). */
export interface Algorithm {
  readonly name: string;
  readonly scheme: Scheme | 'hmac';
  readonly hash: HashName;
}

const hashes: readonly (readonly [string, HashName])[] = [
  ['256', 'sha256'],
  ['384', 'sha384'],
  ['512', 'sha512'],
];

const families: readonly (readonly [string, Algorithm['scheme']])[] = [
  ['HS', 'hmac'],
  ['RS', 'pkcs1'],
  ['PS', 'pss'],
  ['ES', 'ecdsa'],
];

/** By the name that a token has in `alg`. */
export const algorithms: ReadonlyMap<string, Algorithm> = new Map(
  [
    ...families.flatMap(([family, scheme]) =>
      hashes.map(([size, hash]): Algorithm => ({ name: family + size, scheme, hash })),
    ),
    { name: 'EdDSA', scheme: 'ed25519', hash: 'sha512' } as const,
  ].map(algorithm => [algorithm.name, algorithm]),
);
