import { ObjectValue, type Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { bytesOf, hexOf, textOf } from './bytes.ts';
import { equalInConstantTime, hmac } from './crypto/primitives.ts';
import { marshalJson } from './go-json.ts';
import { type Algorithm, algorithms } from './jwt/algorithm.ts';
import { type Constraints, claimsHold, parseConstraints } from './jwt/constraints.ts';
import { signToken } from './jwt/signing.ts';
import { decodeHeader, decodePart, jsonObject, readHeader, signedPart, splitToken } from './jwt/token.ts';
import { parseKeys, verifiesWithAny } from './jwt/verification.ts';
import { asObject, asString } from './operands.ts';

export const jwtFamily: Readonly<Record<string, BuiltinFunction>> = {
  'io.jwt.decode': (context, token) => decode(context, token!),
  'io.jwt.decode_verify': decodeVerify,
  'io.jwt.encode_sign': (context, header, payload, key) => {
    const json = (value: Value) => marshalJson(context.budget, value);
    return signToken(context, json(header!), json(payload!), json(key!));
  },
  'io.jwt.encode_sign_raw': (context, header, payload, key) => {
    const jwk = asString(key!, 3);
    return signToken(context, asString(header!, 1), asString(payload!, 2), jwk);
  },
  ...Object.fromEntries(
    [...algorithms.values()].map(algorithm => [
      `io.jwt.verify_${algorithm.name.toLowerCase()}`,
      algorithm.scheme === 'hmac' ? verifySecret(algorithm) : verifyKey(algorithm),
    ]),
  ),
};

function decode(context: BuiltinContext, operand: Value): Value {
  const token = splitToken(operand);
  const header = decodeHeader(context, token);
  const payload = textOf(decodePart(token.payload, 'payload'));
  if (header.get('cty') === 'JWT') return decode(context, payload.replace(/^["']+|["']+$/gu, ''));
  return [header, jsonObject(context, payload), hexOf(decodePart(token.signature, 'signature'))];
}

function verifyKey(algorithm: Algorithm): BuiltinFunction {
  // OPA takes any length of salt here, and that of the hash alone in decode_verify.
  const scheme = algorithm.scheme === 'pss' ? 'pss-auto' : algorithm.scheme;
  return (context, operand, keyOperand) => {
    const token = splitToken(operand!);
    const keys = parseKeys(context, asString(keyOperand!, 2));
    const signature = decodePart(token.signature, 'signature');
    const header = readHeader(decodeHeader(context, token));
    return verifiesWithAny(keys, header, { ...algorithm, scheme }, signedPart(token), signature);
  };
}

function verifySecret({ hash }: Algorithm): BuiltinFunction {
  return (_context, operand, secretOperand) => {
    asString(operand!, 1);
    const secret = bytesOf(asString(secretOperand!, 2));
    const token = splitToken(operand!);
    const signature = decodePart(token.signature, 'signature');
    return equalInConstantTime(hmac(hash, secret, signedPart(token)), signature);
  };
}

const unverified: Value = [false, ObjectValue.empty, ObjectValue.empty];

function decodeVerify(context: BuiltinContext, operand: Value, constraintsOperand: Value): Value {
  const constraints = parseConstraints(context, asObject(constraintsOperand, 2));
  const opened = open(context, operand, constraints);
  return opened && claimsHold(constraints, opened.payload)
    ? [true, opened.header, opened.payload]
    : unverified;
}

/** The header and payload of the token, or of the one inside it; undefined where a signature is not valid. */
function open(
  context: BuiltinContext,
  operand: Value,
  constraints: Constraints,
): { readonly header: ObjectValue; readonly payload: ObjectValue } | undefined {
  const token = splitToken(operand);
  const decoded = decodeHeader(context, token);
  const header = readHeader(decoded);
  if (!header.usable || (constraints.alg !== '' && constraints.alg !== header.alg)) return undefined;
  const signature = decodePart(token.signature, 'signature');
  const algorithm = algorithms.get(header.alg);
  const valid =
    algorithm && verifiesWithAny(constraints.keys, header, algorithm, signedPart(token), signature);
  if (!valid) return undefined;
  const payload = textOf(decodePart(token.payload, 'payload'));
  if (header.cty.toLowerCase() === 'jwt') return open(context, payload, constraints);
  return { header: decoded, payload: jsonObject(context, payload) };
}
