import { ObjectValue, type Value } from '../../values/index.ts';
import { encodeBase64, encodeBase64Url } from '../base64.ts';
import { BuiltinError } from '../builtin.ts';
import { spkiOfPrivateKey } from '../crypto/primitives.ts';
import { bigValue } from './certificate-value.ts';
import {
  childrenOf,
  type DerElement,
  expectTag,
  integerOf,
  oidOf,
  readOnly,
  tags,
  unsignedOf,
} from './der.ts';
import type { PemBlock } from './pem.ts';
import { type PublicKey, parsePublicKey } from './public-key.ts';

/** A private key: RSA's numbers n, e, d, p, q, d mod p−1, d mod q−1, 1/q mod p; or the secret number or seed. */
export interface PrivateKey {
  readonly publicKey: PublicKey;
  readonly numbers: readonly bigint[];
  readonly secret: Uint8Array;
}

/** The key of a PEM block; undefined where the block is of another type. Throws BuiltinError where it is malformed. */
export function parsePrivateKey({ type, bytes }: Pick<PemBlock, 'type' | 'bytes'>): PrivateKey | undefined {
  if (type === 'RSA PRIVATE KEY') return rsaKey(bytes, 'pkcs1', bytes);
  if (type === 'EC PRIVATE KEY') return ecKey(bytes, 'sec1', bytes);
  return type === 'PRIVATE KEY' ? parsePkcs8(bytes) : undefined;
}

/** A PrivateKeyInfo (RFC 5208). */
function parsePkcs8(der: Uint8Array): PrivateKey {
  const [, algorithm, key] = childrenOf(readOnly(der));
  const inner = expectTag(key, tags.octetString).content;
  switch (oidOf(childrenOf(algorithm)[0])) {
    case '1.2.840.113549.1.1.1':
      return rsaKey(der, 'pkcs8', inner);
    case '1.2.840.10045.2.1':
      return ecKey(der, 'pkcs8', inner);
    case '1.3.101.112':
      return {
        publicKey: publicOf(der, 'pkcs8'),
        numbers: [],
        secret: readOnly(inner, tags.octetString).content,
      };
    default:
      throw new BuiltinError('x509: PKCS#8 wrapping contained private key with unknown algorithm');
  }
}

function rsaKey(der: Uint8Array, type: 'pkcs1' | 'pkcs8', inner: Uint8Array): PrivateKey {
  const numbers = childrenOf(readOnly(inner)).slice(1, 9).map(integerOf);
  if (numbers.length !== 8) throw new BuiltinError('x509: failed to parse RSA private key');
  return { publicKey: publicOf(der, type), numbers, secret: new Uint8Array() };
}

function ecKey(der: Uint8Array, type: 'sec1' | 'pkcs8', inner: Uint8Array): PrivateKey {
  const secret: DerElement | undefined = childrenOf(readOnly(inner))[1];
  return { publicKey: publicOf(der, type), numbers: [], secret: expectTag(secret, tags.octetString).content };
}

function publicOf(der: Uint8Array, type: 'pkcs1' | 'pkcs8' | 'sec1'): PublicKey {
  try {
    return parsePublicKey(spkiOfPrivateKey(der, type));
  } catch {
    throw new BuiltinError('x509: failed to parse private key');
  }
}

/** A private key as Go's key types become JSON. */
export function privateKeyValue({ publicKey, numbers, secret }: PrivateKey): Value {
  if (publicKey.kind === 'rsa') return rsaValue(numbers);
  if (publicKey.kind === 'ec')
    return ObjectValue.of([
      ['Curve', ObjectValue.empty],
      ['X', bigValue(publicKey.x)],
      ['Y', bigValue(publicKey.y)],
      ['D', bigValue(unsignedOf(secret))],
    ]);
  const open = publicKey.kind === 'ed25519' ? publicKey.bytes : new Uint8Array();
  return encodeBase64(Uint8Array.of(...secret, ...open));
}

function rsaValue(numbers: readonly bigint[]): Value {
  const [n, e, d, p, q, dp, dq, qinv] = numbers.map(bigValue);
  const precomputed = ObjectValue.of([
    ['Dp', dp!],
    ['Dq', dq!],
    ['Qinv', qinv!],
    ['CRTValues', []],
  ]);
  return ObjectValue.of([
    ['N', n!],
    ['E', e!],
    ['D', d!],
    ['Primes', [p!, q!]],
    ['Precomputed', precomputed],
  ]);
}

const curveSizes: Readonly<Record<string, number>> = { 'P-224': 28, 'P-256': 32, 'P-384': 48, 'P-521': 66 };

/** A private key as a JSON Web Key (RFC 7517). */
export function privateJwk({ publicKey, numbers, secret }: PrivateKey): Value {
  if (publicKey.kind === 'rsa') {
    const names = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];
    const members = names.map((name, i) => [name, numberText(numbers[i]!)] as const);
    return ObjectValue.of([['kty', 'RSA'], ...members]);
  }
  if (publicKey.kind === 'ec') {
    const size = curveSizes[publicKey.curve];
    return ObjectValue.of([
      ['kty', 'EC'],
      ['crv', publicKey.curve],
      ['x', numberText(publicKey.x, size)],
      ['y', numberText(publicKey.y, size)],
      ['d', numberText(unsignedOf(secret), size)],
    ]);
  }
  return ObjectValue.of([
    ['kty', 'OKP'],
    ['crv', 'Ed25519'],
    ['x', raw(publicKey.kind === 'ed25519' ? publicKey.bytes : new Uint8Array())],
    ['d', raw(secret)],
  ]);
}

/** The bytes of a number, the first the most significant, in base64url. */
function numberText(number: bigint, size = 0): string {
  const digits = number.toString(16);
  const width = Math.max(2 * size, digits.length + (digits.length % 2));
  const pairs = digits.padStart(width, '0').match(/../gu) ?? [];
  return raw(Uint8Array.from(pairs, pair => Number.parseInt(pair, 16)));
}

function raw(bytes: Uint8Array): string {
  return encodeBase64Url(bytes).replace(/=+$/u, '');
}
