import type { BuiltinFunction } from './builtin.ts';
import { bytesOf, chargeScan, hexOf } from './bytes.ts';
import { digest, equalInConstantTime, type HashName, hmac } from './crypto/primitives.ts';
import { asString } from './operands.ts';

export const hashesFamily: Readonly<Record<string, BuiltinFunction>> = {
  'crypto.md5': hashFunction('md5'),
  'crypto.sha1': hashFunction('sha1'),
  'crypto.sha256': hashFunction('sha256'),
  'crypto.hmac.md5': hmacFunction('md5'),
  'crypto.hmac.sha1': hmacFunction('sha1'),
  'crypto.hmac.sha256': hmacFunction('sha256'),
  'crypto.hmac.sha512': hmacFunction('sha512'),
  'crypto.hmac.equal': (_context, left, right) =>
    equalInConstantTime(bytesOf(asString(left!, 1)), bytesOf(asString(right!, 2))),
};

function hashFunction(hash: HashName): BuiltinFunction {
  return (context, operand) => {
    const text = asString(operand!, 1);
    chargeScan(context.budget, text.length);
    return hexOf(digest(hash, bytesOf(text)));
  };
}

function hmacFunction(hash: HashName): BuiltinFunction {
  return (context, operand, keyOperand) => {
    const text = asString(operand!, 1);
    const key = asString(keyOperand!, 2);
    chargeScan(context.budget, text.length + key.length);
    return hexOf(hmac(hash, bytesOf(key), bytesOf(text)));
  };
}
