import {
  type BigNumber,
  compare,
  isNumber,
  type ObjectValue,
  printNumber,
  toDecimal,
  type Value,
} from '../../values/index.ts';
import type { Outcome } from './problems.ts';

type RegoNumber = number | BigNumber;

/** Checks a number against its bounds; `exclusiveMaximum` is a bound of its own, or true as in draft 4. */
export function checkNumber(
  schema: ObjectValue,
  value: RegoNumber,
  path: readonly string[],
  outcome: Outcome,
): void {
  const multiple = bound(schema.get('multipleOf'));
  if (multiple !== undefined && !isMultiple(value, multiple))
    outcome.add('multiple_of', path, `Must be a multiple of ${shown(multiple)}`);
  const [maximum, exclusiveMaximum] = bounds(schema, 'maximum', 'exclusiveMaximum');
  if (maximum !== undefined && compare(value, maximum) > 0)
    outcome.add('number_lte', path, `Must be less than or equal to ${shown(maximum)}`);
  if (exclusiveMaximum !== undefined && compare(value, exclusiveMaximum) >= 0)
    outcome.add('number_lt', path, `Must be less than ${shown(exclusiveMaximum)}`);
  const [minimum, exclusiveMinimum] = bounds(schema, 'minimum', 'exclusiveMinimum');
  if (minimum !== undefined && compare(value, minimum) < 0)
    outcome.add('number_gte', path, `Must be greater than or equal to ${shown(minimum)}`);
  if (exclusiveMinimum !== undefined && compare(value, exclusiveMinimum) <= 0)
    outcome.add('number_gt', path, `Must be greater than ${shown(exclusiveMinimum)}`);
  outcome.fits();
}

function bounds(
  schema: ObjectValue,
  inclusive: string,
  exclusive: string,
): readonly [inclusive: RegoNumber | undefined, exclusive: RegoNumber | undefined] {
  const plain = bound(schema.get(inclusive));
  const strict = schema.get(exclusive);
  return strict === true ? [undefined, plain] : [plain, bound(strict)];
}

function bound(value: Value | undefined): RegoNumber | undefined {
  return value !== undefined && isNumber(value) ? value : undefined;
}

function isMultiple(value: RegoNumber, multiple: RegoNumber): boolean {
  const [a, b] = [toDecimal(value), toDecimal(multiple)];
  const exponent = Math.min(a.exponent, b.exponent);
  if (Math.abs(a.exponent - b.exponent) > 1000) return a.exponent > b.exponent;
  const scaled = (decimal: typeof a) => decimal.coefficient * 10n ** BigInt(decimal.exponent - exponent);
  return scaled(a) % scaled(b) === 0n;
}

/** Ten significant digits. */
function shown(value: RegoNumber): string {
  return String(Number(Number(printNumber(value)).toPrecision(10)));
}
