import { fromBigInt, shiftLeft, type Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { asBigInt, computed, typeError } from './elements.ts';

export const bitsFamily: Readonly<Record<string, BuiltinFunction>> = {
  'bits.and': integers((a, b) => a & b),
  'bits.or': integers((a, b) => a | b),
  'bits.xor': integers((a, b) => a ^ b),
  'bits.negate': (_context, a) => fromBigInt(~asBigInt(a!, 1)),
  'bits.lsh': integers((a, b) => computed(() => shiftLeft(a, unsigned(b)))),
  'bits.rsh': integers((a, b) => shiftRight(a, unsigned(b))),
};

function integers(operation: (a: bigint, b: bigint) => bigint): BuiltinFunction {
  return (context: BuiltinContext, left: Value, right: Value) => {
    const result = operation(asBigInt(left, 1), asBigInt(right, 2));
    if (BigInt.asIntN(64, result) !== result) context.budget.charge(result.toString(16).length >> 6);
    return fromBigInt(result);
  };
}

/** Beyond 2^31 bits nothing is left but the sign. */
function shiftRight(a: bigint, bits: bigint): bigint {
  if (bits > 0x7fffffffn) return a < 0n ? -1n : 0n;
  return a >> bits;
}

function unsigned(bits: bigint): bigint {
  if (bits >= 0n) return bits;
  throw typeError('operand 2 must be an unsigned integer number but got a negative integer');
}
