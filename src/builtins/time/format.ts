import { type Civil, civilOf, dayNames, dayOfYear, monthNames, weekdayOf } from './civil.ts';
import { type LayoutPiece, layoutPieces } from './layout.ts';
import type { Zone } from './zone.ts';

interface Moment {
  readonly civil: Civil;
  readonly nanosecond: number;
  readonly offset: number;
  readonly zone: Zone;
  readonly seconds: number;
}

/** The text of an instant in a zone, as one of Go's layouts shows it. */
export function formatTime(seconds: number, nanosecond: number, zone: Zone, layout: string): string {
  const offset = zone.offsetAt(seconds);
  const moment: Moment = { civil: civilOf(seconds + offset), nanosecond, offset, zone, seconds };
  return layoutPieces(layout)
    .map(piece => print(piece, moment))
    .join('');
}

function print(piece: LayoutPiece, moment: Moment): string {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'zone':
      return printOffset(piece.text, moment.offset);
    case 'fraction':
      return printFraction(piece.text, moment.nanosecond);
    case 'part':
      return parts[piece.text]!(moment);
  }
}

const parts: Readonly<Record<string, (moment: Moment) => string>> = {
  '2006': ({ civil }) => pad(civil.year, 4),
  '06': ({ civil }) => pad(Math.abs(civil.year) % 100, 2),
  January: ({ civil }) => monthNames[civil.month - 1]!,
  Jan: ({ civil }) => monthNames[civil.month - 1]!.slice(0, 3),
  '01': ({ civil }) => pad(civil.month, 2),
  '1': ({ civil }) => String(civil.month),
  Monday: ({ civil }) => dayNames[weekdayOf(civil)]!,
  Mon: ({ civil }) => dayNames[weekdayOf(civil)]!.slice(0, 3),
  '02': ({ civil }) => pad(civil.day, 2),
  _2: ({ civil }) => String(civil.day).padStart(2),
  '2': ({ civil }) => String(civil.day),
  '002': ({ civil }) => pad(dayOfYear(civil), 3),
  __2: ({ civil }) => String(dayOfYear(civil)).padStart(3),
  '15': ({ civil }) => pad(civil.hour, 2),
  '03': ({ civil }) => pad(civil.hour % 12 || 12, 2),
  '3': ({ civil }) => String(civil.hour % 12 || 12),
  '04': ({ civil }) => pad(civil.minute, 2),
  '4': ({ civil }) => String(civil.minute),
  '05': ({ civil }) => pad(civil.second, 2),
  '5': ({ civil }) => String(civil.second),
  PM: ({ civil }) => (civil.hour >= 12 ? 'PM' : 'AM'),
  pm: ({ civil }) => (civil.hour >= 12 ? 'pm' : 'am'),
  MST: ({ zone, seconds }) => zone.abbreviationAt(seconds),
};

/** An element that begins with `Z` prints UTC as `Z`. */
function printOffset(element: string, offset: number): string {
  if (offset === 0 && element.startsWith('Z')) return 'Z';
  const size = Math.abs(offset);
  const digits = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60].map(part => pad(part, 2));
  const count = element.replace(/\D/gu, '').length / 2;
  const negative = offset <= -60;
  return (negative ? '-' : '+') + digits.slice(0, count).join(element.includes(':') ? ':' : '');
}

/** Nines leave trailing zeros out, zeros print as many digits as they are. */
function printFraction(element: string, nanosecond: number): string {
  const digits = pad(nanosecond, 9).slice(0, element.length - 1);
  const shown = element[1] === '9' ? digits.replace(/0+$/u, '') : digits;
  return shown === '' ? '' : element[0] + shown;
}

function pad(number: number, width: number): string {
  return (number < 0 ? '-' : '') + String(Math.abs(number)).padStart(width, '0');
}
