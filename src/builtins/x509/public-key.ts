import { BuiltinError } from '../builtin.ts';
import {
  bitStringOf,
  childrenOf,
  type DerElement,
  integerOf,
  oidOf,
  readOnly,
  tags,
  unsignedOf,
} from './der.ts';

/** A public key, with its SubjectPublicKeyInfo (RFC 5280) in DER. */
export type PublicKey =
  | { readonly kind: 'rsa'; readonly spki: Uint8Array; readonly modulus: bigint; readonly exponent: bigint }
  | {
      readonly kind: 'ec';
      readonly spki: Uint8Array;
      readonly curve: string;
      readonly x: bigint;
      readonly y: bigint;
    }
  | { readonly kind: 'ed25519'; readonly spki: Uint8Array; readonly bytes: Uint8Array }
  | { readonly kind: 'other'; readonly spki: Uint8Array };

const curves: ReadonlyMap<string, string> = new Map([
  ['1.3.132.0.33', 'P-224'],
  ['1.2.840.10045.3.1.7', 'P-256'],
  ['1.3.132.0.34', 'P-384'],
  ['1.3.132.0.35', 'P-521'],
]);

/** The key of a SubjectPublicKeyInfo. Throws BuiltinError where it is malformed. */
export function parsePublicKey(spki: Uint8Array): PublicKey {
  const [algorithm, bits] = childrenOf(readOnly(spki));
  const [oid, parameters] = childrenOf(algorithm);
  switch (oidOf(oid)) {
    case '1.2.840.113549.1.1.1':
      return rsaKey(spki, bitStringOf(bits));
    case '1.2.840.10045.2.1':
      return ecKey(spki, parameters, bitStringOf(bits));
    case '1.3.101.112':
      return { kind: 'ed25519', spki, bytes: bitStringOf(bits) };
    default:
      return { kind: 'other', spki };
  }
}

function rsaKey(spki: Uint8Array, bytes: Uint8Array): PublicKey {
  const [modulus, exponent] = childrenOf(readOnly(bytes));
  return { kind: 'rsa', spki, modulus: integerOf(modulus), exponent: integerOf(exponent) };
}

function ecKey(spki: Uint8Array, parameters: DerElement | undefined, point: Uint8Array): PublicKey {
  const curve = parameters?.tag === tags.oid ? curves.get(oidOf(parameters)) : undefined;
  if (curve === undefined) throw new BuiltinError('x509: unsupported elliptic curve');
  if (point[0] !== 4 || point.length % 2 === 0)
    throw new BuiltinError('x509: failed to unmarshal elliptic curve point');
  const size = (point.length - 1) / 2;
  return {
    kind: 'ec',
    spki,
    curve,
    x: unsignedOf(point.subarray(1, 1 + size)),
    y: unsignedOf(point.subarray(1 + size)),
  };
}
