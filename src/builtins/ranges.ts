import { fromBigInt, type Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { asBigInt } from './elements.ts';

export const rangesFamily: Readonly<Record<string, BuiltinFunction>> = {
  'numbers.range': (context, from, to) => range(context, asBigInt(from!, 1), asBigInt(to!, 2), 1n),
  'numbers.range_step': rangeStep,
};

function rangeStep(context: BuiltinContext, from: Value, to: Value, step: Value): Value {
  const first = asBigInt(from, 1);
  const last = asBigInt(to, 2);
  const by = asBigInt(step, 3);
  if (by <= 0n) throw new BuiltinError('step must be a positive integer');
  return range(context, first, last, by);
}

/** From the first to the last, both included where the steps meet it, upwards or downwards. */
function range(context: BuiltinContext, first: bigint, last: bigint, step: bigint): Value {
  const distance = first < last ? last - first : first - last;
  const count = Number(distance / step) + 1;
  context.budget.charge(count);
  const signed = first < last ? step : -step;
  return Array.from({ length: count }, (_, i) => fromBigInt(first + signed * BigInt(i)));
}
