import {
  absoluteNumber,
  addNumbers,
  BigNumber,
  ceilingNumber,
  divideNumbers,
  floorNumber,
  isInteger,
  isNumber,
  isSet,
  multiplyNumbers,
  type RegoNumber,
  remainder,
  roundNumber,
  SetBuilder,
  type SetValue,
  subtractNumbers,
  type Value,
} from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { computed } from './elements.ts';
import { asNumber, mismatch } from './operands.ts';
import { chargeSteps } from './text.ts';

export const numbersFamily: Readonly<Record<string, BuiltinFunction>> = {
  plus: binary(addNumbers),
  minus,
  mul: binary(multiplyNumbers),
  div: binary(divide),
  rem: binary(modulo),
  abs: unary(absoluteNumber),
  round: unary(roundNumber),
  ceil: unary(ceilingNumber),
  floor: unary(floorNumber),
};

function binary(operation: (a: RegoNumber, b: RegoNumber) => RegoNumber): BuiltinFunction {
  return (context, left, right) => {
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) {
      return operation(left as number, right as number);
    }
    const a = asNumber(left!, 1);
    const b = asNumber(right!, 2);
    chargeNumber(context, a);
    chargeNumber(context, b);
    return computed(() => operation(a, b));
  };
}

function unary(operation: (a: RegoNumber) => RegoNumber): BuiltinFunction {
  return (context, operand) => {
    if (Number.isSafeInteger(operand)) return operation(operand as number);
    const a = asNumber(operand!, 1);
    chargeNumber(context, a);
    return computed(() => operation(a));
  };
}

/** Charges the digits of a number that needs more than a double. */
export function chargeNumber(context: BuiltinContext, value: RegoNumber): void {
  if (!(value instanceof BigNumber)) return;
  chargeSteps(context.budget, (value.coefficient.toString(16).length + Math.abs(value.exponent)) >> 2);
}

const subtract = binary(subtractNumbers);

/** The difference of two numbers, or of two sets. */
function minus(context: BuiltinContext, left: Value, right: Value): Value | undefined {
  const leftNumber = isNumber(left);
  const rightNumber = isNumber(right);
  if (leftNumber && rightNumber) return subtract(context, left, right);
  if (isSet(left) && isSet(right)) return difference(context, left, right);
  if (!leftNumber && !isSet(left)) return mismatch(left, 1, 'number', 'set');
  return mismatch(right, 2, rightNumber ? 'set' : 'number');
}

/** The elements of the first set that are not in the second. */
export function difference(context: BuiltinContext, left: SetValue, right: SetValue): SetValue {
  chargeSteps(context.budget, left.size);
  const builder = new SetBuilder();
  for (const item of left.items()) if (!right.has(item)) builder.add(item);
  return builder.build();
}

function divide(a: RegoNumber, b: RegoNumber): RegoNumber {
  if (b === 0) throw new BuiltinError('divide by zero');
  return divideNumbers(a, b);
}

function modulo(a: RegoNumber, b: RegoNumber): RegoNumber {
  if (!isInteger(a) || !isInteger(b)) throw new BuiltinError('modulo on floating-point number');
  if (b === 0) throw new BuiltinError('modulo by zero');
  return remainder(a, b);
}
