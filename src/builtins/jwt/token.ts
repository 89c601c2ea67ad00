import { isArray, isObject, type ObjectValue, type Value } from '../../values/index.ts';
import { decodeBase64Url } from '../base64.ts';
import { type BuiltinContext, BuiltinError } from '../builtin.ts';
import { bytesOf, textOf } from '../bytes.ts';
import { unmarshalJson } from '../json-text.ts';
import { asString } from '../operands.ts';

/** A JSON Web Token in its compact form (RFC 7519), its parts still encoded. */
export interface Token {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

/** What the header says of how to read the token; empty where it does not. */
export interface TokenHeader {
  readonly alg: string;
  readonly kid: string;
  readonly cty: string;
  /** False where it has no algorithm, or has to be understood and is not. */
  readonly usable: boolean;
}

export function splitToken(operand: Value): Token {
  const parts = asString(operand, 1).split('.');
  if (parts.length === 1) throw new BuiltinError('encoded JWT had no period separators');
  if (parts.length !== 3) throw new BuiltinError(`encoded JWT must have 3 sections, found ${parts.length}`);
  return { header: parts[0]!, payload: parts[1]!, signature: parts[2]! };
}

/** The bytes that the signature is over. */
export function signedPart(token: Token): Uint8Array {
  return bytesOf(`${token.header}.${token.payload}`);
}

export function decodeHeader(context: BuiltinContext, token: Token): ObjectValue {
  const header = jsonObject(context, textOf(decodePart(token.header, 'header')));
  if (header.has('enc')) throw new BuiltinError('JWT is a JWE object, which is not supported');
  return header;
}

export function decodePart(part: string, name: 'header' | 'payload' | 'signature'): Uint8Array {
  const padding = part.endsWith('=') ? '' : '='.repeat([0, 0, 2, 1][part.length % 4]!);
  const bytes = decodeBase64Url(part + padding);
  if (bytes === undefined) throw new BuiltinError(`JWT ${name} had invalid encoding`);
  return bytes;
}

export function jsonObject(context: BuiltinContext, text: string): ObjectValue {
  const value = unmarshalJson(context, text);
  if (!isObject(value)) throw new BuiltinError('decoded JSON type was not an Object');
  return value;
}

const understood = new Set<Value>(['alg', 'kid', 'typ', 'cty', 'crit']);

export function readHeader(header: ObjectValue): TokenHeader {
  const [alg, kid, cty] = [text(header, 'alg'), text(header, 'kid'), text(header, 'cty')];
  text(header, 'typ');
  const critical = criticalNames(header);
  const missed = header.keys().some(key => !understood.has(key) && critical.includes(key));
  return { alg, kid, cty, usable: alg !== '' && !missed };
}

function criticalNames(header: ObjectValue): readonly Value[] {
  const names = header.get('crit');
  if (names === undefined) return [];
  if (!isArray(names)) throw new BuiltinError('crit: must be a list');
  if (typeof names[0] !== 'string') throw new BuiltinError('crit: must be a nonempty list');
  return names;
}

function text(header: ObjectValue, name: string): string {
  const value = header.get(name) === undefined ? '' : header.get(name);
  if (typeof value === 'string') return value;
  throw new BuiltinError(`${name}: must be a string`);
}
