import { isArray, isNumber, parseNumber, toDecimal, type Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { asInteger, asString, mismatch } from './operands.ts';
import { type Civil, civilOf, dayNames, daysInMonth, weekdayOf } from './time/civil.ts';
import { parseDuration } from './time/duration.ts';
import { formatTime } from './time/format.ts';
import { type Instant, parseTime } from './time/parse.ts';
import { instantOf, utc, type Zone, zoneOf } from './time/zone.ts';

const BILLION = 1_000_000_000n;
const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

export const timeFamily: Readonly<Record<string, BuiltinFunction>> = {
  'time.now_ns': context => wholeNumber(context.now),
  'time.parse_ns': (_context, layout, text) =>
    nanoseconds(parseTime(asString(layout!, 1), asString(text!, 2))),
  'time.parse_rfc3339_ns': (_context, text) => nanoseconds(parseTime('RFC3339', asString(text!, 1))),
  'time.parse_duration_ns': (_context, text) => wholeNumber(parseDuration(asString(text!, 1))),
  'time.date': (_context, moment) => {
    const { year, month, day } = civilOperand(moment!);
    return [year, month, day];
  },
  'time.clock': (_context, moment) => {
    const { hour, minute, second } = civilOperand(moment!);
    return [hour, minute, second];
  },
  'time.weekday': (_context, moment) => dayNames[weekdayOf(civilOperand(moment!))]!,
  'time.add_date': addDate,
  'time.diff': difference,
  'time.format': format,
};

interface Moment extends Instant {
  readonly zone: Zone;
  readonly layout: string;
}

function format(_context: BuiltinContext, operand: Value): Value {
  const { seconds, nanosecond, zone, layout } = momentOperand(operand);
  return formatTime(seconds, nanosecond, zone, layout || 'RFC3339Nano');
}

function addDate(_context: BuiltinContext, moment: Value, years: Value, months: Value, days: Value): Value {
  const { seconds, nanosecond, zone } = momentOperand(moment);
  const civil = localCivil(seconds, zone);
  const month = civil.month + asInteger(months, 3);
  const year = civil.year + asInteger(years, 2) + Math.floor((month - 1) / 12);
  const day = civil.day + asInteger(days, 4);
  if (Math.abs(year) > 1e6 || Math.abs(day) > 1e8) return outOfRange();
  const date = { ...civil, year, month: month - 12 * Math.floor((month - 1) / 12), day };
  return nanoseconds({ seconds: instantOf(date, zone), nanosecond });
}

/** Calendar units between two times, seen in the zone of the first. */
function difference(_context: BuiltinContext, left: Value, right: Value): Value {
  const a = momentOperand(left);
  const b = momentOperand(right);
  const [from, to] = a.seconds > b.seconds ? [b, a] : [a, b];
  const start = localCivil(from.seconds, a.zone);
  const end = localCivil(to.seconds, a.zone);
  const parts = [
    end.year - start.year,
    end.month - start.month,
    end.day - start.day,
    end.hour - start.hour,
    end.minute - start.minute,
    end.second - start.second,
  ];
  const sizes = [0, 12, daysInMonth(start.year, start.month), 24, 60, 60];
  for (let i = 5; i > 0; i--)
    if (parts[i]! < 0) {
      parts[i]! += sizes[i]!;
      parts[i - 1]!--;
    }
  return parts;
}

function civilOperand(operand: Value): Civil {
  const { seconds, zone } = momentOperand(operand);
  return localCivil(seconds, zone);
}

function localCivil(seconds: number, zone: Zone): Civil {
  return civilOf(seconds + zone.offsetAt(seconds));
}

/** `ns`, `[ns]`, `[ns, zone]` or `[ns, zone, layout]`. */
function momentOperand(operand: Value): Moment {
  if (!isArray(operand)) return { ...instant(operand), zone: utc, layout: '' };
  const [ns, zone, layout] = operand;
  if (ns === undefined || !isNumber(ns)) return mismatch(ns ?? operand, 1, 'number');
  const named = zone === undefined ? utc : zoneOf(asString(zone, 1));
  const layoutText = layout === undefined ? '' : asString(layout, 1);
  return { ...instant(ns), zone: named, layout: layoutText };
}

function instant(ns: Value): Instant {
  if (!isNumber(ns)) return mismatch(ns, 1, 'number');
  const { coefficient, exponent } = toDecimal(ns);
  if (exponent < 0 || exponent > 19) throw new BuiltinError('timestamp too big');
  const whole = coefficient * 10n ** BigInt(exponent);
  if (whole < LEAST || whole > MOST) throw new BuiltinError('timestamp too big');
  const nanosecond = ((whole % BILLION) + BILLION) % BILLION;
  return { seconds: Number((whole - nanosecond) / BILLION), nanosecond: Number(nanosecond) };
}

function nanoseconds(instant: Instant): Value {
  const whole = BigInt(instant.seconds) * BILLION + BigInt(instant.nanosecond);
  return whole < LEAST || whole > MOST ? outOfRange() : wholeNumber(whole);
}

function wholeNumber(whole: bigint): Value {
  return parseNumber(whole.toString())!;
}

function outOfRange(): never {
  throw new BuiltinError('time outside of valid range');
}
