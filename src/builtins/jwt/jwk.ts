import { isArray, isObject, type ObjectValue, type Value } from '../../values/index.ts';
import { decodeRawBase64Url } from '../base64.ts';
import { type BuiltinContext, BuiltinError } from '../builtin.ts';
import { pkcs8OfJwk, spkiOfJwk } from '../crypto/primitives.ts';
import { unmarshalJson } from '../json-text.ts';
import { type PublicKey, parsePublicKey } from '../x509/public-key.ts';

/** A secret that both sides know, or the public or private half of a pair. */
export type JwtKey =
  | { readonly kind: 'secret'; readonly bytes: Uint8Array }
  | { readonly kind: 'public'; readonly key: PublicKey }
  | { readonly kind: 'private'; readonly key: PublicKey; readonly pkcs8: Uint8Array };

/** A JSON Web Key (RFC 7517); `alg` and `kid` are empty where it does not say. */
export interface Jwk {
  readonly alg: string;
  readonly kid: string;
  readonly key: JwtKey;
}

/** The members that make a key, by its type; those of a private key come after. */
const members: ReadonlyMap<string, readonly [required: readonly string[], secret: readonly string[]]> =
  new Map([
    [
      'RSA',
      [
        ['n', 'e'],
        ['d', 'p', 'q', 'dp', 'dq', 'qi'],
      ] as const,
    ],
    ['EC', [['crv', 'x', 'y'], ['d']] as const],
    ['OKP', [['crv', 'x'], ['d']] as const],
  ]);

/** The keys of a JSON Web Key or of a set of them. Throws BuiltinError where the text is none. */
export function parseJwks(context: BuiltinContext, text: string): readonly Jwk[] {
  const value = unmarshalJson(context, text);
  const keys = isObject(value) ? value.get('keys') : undefined;
  if (keys === undefined) return [parseJwk(value)];
  return isArray(keys) ? keys.map(parseJwk) : invalid('the keys are no array');
}

function parseJwk(value: Value): Jwk {
  if (!isObject(value)) return invalid('a key is no object');
  const type = textOf(value, 'kty');
  const key = type === 'oct' ? secretKey(value) : asymmetricKey(value, type);
  return { alg: optionalText(value, 'alg'), kid: optionalText(value, 'kid'), key };
}

function secretKey(value: ObjectValue): JwtKey {
  return { kind: 'secret', bytes: decodeRawBase64Url(textOf(value, 'k')) ?? invalid('k is no base64url') };
}

function asymmetricKey(value: ObjectValue, type: string): JwtKey {
  const [required, secret] = members.get(type) ?? invalid(`unknown key type ${type}`);
  const isPrivate = value.has('d');
  const part = (names: readonly string[]) =>
    Object.fromEntries(names.map(name => [name, textOf(value, name)]));
  const open = { kty: type, ...part(required) };
  const hidden = isPrivate ? part(secret.filter(name => value.has(name))) : {};
  try {
    const key = parsePublicKey(spkiOfJwk(open));
    return isPrivate
      ? { kind: 'private', key, pkcs8: pkcs8OfJwk({ ...open, ...hidden }) }
      : { kind: 'public', key };
  } catch {
    return invalid('its numbers make no key');
  }
}

function textOf(value: ObjectValue, name: string): string {
  const text = value.get(name);
  return typeof text === 'string' ? text : invalid(`${name} is no string`);
}

function optionalText(value: ObjectValue, name: string): string {
  return value.has(name) ? textOf(value, name) : '';
}

function invalid(reason: string): never {
  throw new BuiltinError(`failed to parse a JWK key (set): ${reason}`);
}
