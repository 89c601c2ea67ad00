import { type BuiltinDeclaration, declare } from './declaration.ts';
import { number, string, tuple, union } from './types.ts';

const moment = union(number, tuple(number, string));
const x = [['x', moment]] as const;
const ns = ['ns', number] as const;

export const timeDeclarations: readonly BuiltinDeclaration[] = [
  declare('time.now_ns', [], ['now', number], 'The time of the evaluation, in nanoseconds since 1970.', {
    nondeterministic: true,
  }),
  declare(
    'time.parse_ns',
    [
      ['layout', string],
      ['value', string],
    ],
    ns,
    'The nanoseconds since 1970 of a text in a layout of Go, or in one that a name such as RFC1123 stands for.',
  ),
  declare(
    'time.parse_rfc3339_ns',
    [['value', string]],
    ns,
    'The nanoseconds since 1970 of a text in RFC 3339.',
  ),
  declare(
    'time.parse_duration_ns',
    [['duration', string]],
    ns,
    'The nanoseconds of a duration such as 1h30m or 7d.',
  ),
  declare(
    'time.date',
    x,
    ['date', tuple(number, number, number)],
    'The year, month and day, in UTC or in the zone given.',
  ),
  declare(
    'time.clock',
    x,
    ['output', tuple(number, number, number)],
    'The hour, minute and second, in UTC or in the zone given.',
  ),
  declare('time.weekday', x, ['day', string], 'The English name of the day of the week.'),
  declare(
    'time.add_date',
    [
      ['ns', number],
      ['years', number],
      ['months', number],
      ['days', number],
    ],
    ['output', number],
    'The time so many years, months and days later; October 32 is November 1.',
  ),
  declare(
    'time.diff',
    [
      ['ns1', moment],
      ['ns2', moment],
    ],
    ['output', tuple(number, number, number, number, number, number)],
    'The years, months, days, hours, minutes and seconds between two times, whichever is earlier.',
  ),
  declare(
    'time.format',
    [['x', union(number, tuple(number, string), tuple(number, string, string))]],
    ['formatted timestamp', string],
    'The time in RFC 3339, or in the layout given third.',
  ),
];
