import { BuiltinError } from '../builtin.ts';
import { dayNames, daysInMonth, daysOf, monthNames, secondsOf } from './civil.ts';
import { type LayoutPiece, layoutPieces } from './layout.ts';

/** An instant. */
export interface Instant {
  readonly seconds: number;
  readonly nanosecond: number;
}

/** The instant that a text written in one of Go's layouts names, UTC where it names no zone. Throws BuiltinError. */
export function parseTime(layout: string, text: string): Instant {
  const reader = new Reader(text);
  const pieces = layoutPieces(layout);
  for (const [i, piece] of pieces.entries()) {
    if (piece.kind === 'text') reader.skip(piece.text);
    else if (piece.kind === 'zone') reader.readOffset(piece.text);
    else if (piece.kind === 'fraction') reader.readFraction(piece.text);
    else {
      readers[piece.text]!(reader);
      if ((piece.text === '05' || piece.text === '5') && !fractionFollows(pieces, i))
        reader.readFraction('.9');
    }
  }
  return reader.finish();
}

function fractionFollows(pieces: readonly LayoutPiece[], at: number): boolean {
  return pieces.slice(at + 1).find(piece => piece.kind !== 'text')?.kind === 'fraction';
}

const readers: Readonly<Record<string, (reader: Reader) => void>> = {
  '2006': reader => {
    reader.year = Number(reader.take(/^\d[0-9]{3}/u));
  },
  '06': reader => {
    const year = Number(reader.take(/^(?:[+-]\d|\d\d)/u));
    reader.year = year + (year >= 69 ? 1900 : 2000);
  },
  January: reader => reader.readMonthName(monthNames),
  Jan: reader => reader.readMonthName(monthNames.map(name => name.slice(0, 3))),
  '01': reader => reader.readMonth(2),
  '1': reader => reader.readMonth(1),
  Monday: reader => reader.readName(dayNames),
  Mon: reader => reader.readName(dayNames.map(name => name.slice(0, 3))),
  '02': reader => {
    reader.day = reader.number(2);
  },
  _2: reader => {
    reader.take(/^ ?/u);
    reader.day = reader.number(1);
  },
  '2': reader => {
    reader.day = reader.number(1);
  },
  '002': reader => {
    reader.dayOfYear = Number(reader.take(/^\d{3}/u));
  },
  __2: reader => {
    reader.take(/^ {0,2}/u);
    reader.dayOfYear = Number(reader.take(/^\d{1,3}/u));
  },
  '15': reader => {
    reader.hour = reader.number(1, 23);
  },
  '03': reader => {
    reader.hour = reader.number(2, 12);
  },
  '3': reader => {
    reader.hour = reader.number(1, 12);
  },
  '04': reader => {
    reader.minute = reader.number(2, 59);
  },
  '4': reader => {
    reader.minute = reader.number(1, 59);
  },
  '05': reader => {
    reader.second = reader.number(2, 59);
  },
  '5': reader => {
    reader.second = reader.number(1, 59);
  },
  PM: reader => {
    reader.half = reader.take(/^(?:AM|PM)/u);
  },
  pm: reader => {
    reader.half = reader.take(/^(?:am|pm)/u).toUpperCase();
  },
  MST: reader => reader.readZoneName(),
};

/** What stands for two digits each of hours, minutes and seconds in an offset. */
const offsets: Readonly<Record<string, RegExp>> = {
  '070000': /^([+-])(\d\d)(\d\d)(\d\d)/u,
  '07:00:00': /^([+-])(\d\d):(\d\d):(\d\d)/u,
  '0700': /^([+-])(\d\d)(\d\d)/u,
  '07:00': /^([+-])(\d\d):(\d\d)/u,
  '07': /^([+-])(\d\d)/u,
};

/** Three letters or four or five that end in T, some exceptions, or an offset of whole hours. */
const ZONE_NAME =
  /^(?:ChST|MeST|GMT(?:[+-]0*(?:2[0-3]|1\d|\d)(?!\d))?|[+-]0*(?:2[0-3]|1\d|\d)(?!\d)|[A-Z]{4}T(?![A-Z])|(?:[A-Z]{3}T|WITA)(?![A-Z])|[A-Z]{3}(?![A-Z]))/u;

class Reader {
  year = 0;
  month: number | undefined;
  day: number | undefined;
  dayOfYear: number | undefined;
  hour = 0;
  minute = 0;
  second = 0;
  half: string | undefined;
  private nanosecond = 0;
  private offset: number | undefined;
  private zoneOffset: number | undefined;
  private rest: string;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.rest = text;
  }

  /** Takes a literal; a run of spaces in it takes any run of spaces. */
  skip(literal: string): void {
    for (const part of literal.match(/ +|[^ ]+/gu) ?? []) {
      if (part.startsWith(' ')) {
        if (this.rest !== '' && !this.rest.startsWith(' ')) this.fail();
        this.rest = this.rest.replace(/^ +/u, '');
      } else if (this.rest.startsWith(part)) this.rest = this.rest.slice(part.length);
      else this.fail();
    }
  }

  take(pattern: RegExp): string {
    const taken = pattern.exec(this.rest)?.[0] ?? this.fail();
    this.rest = this.rest.slice(taken.length);
    return taken;
  }

  /** One or two digits, or two. */
  number(fewest: 1 | 2, most = 99): number {
    const number = Number(this.take(fewest === 2 ? /^\d\d/u : /^\d\d?/u));
    return number > most ? this.fail() : number;
  }

  readMonth(fewest: 1 | 2): void {
    this.month = this.number(fewest, 12) || this.fail();
  }

  readMonthName(names: readonly string[]): void {
    this.month = this.readName(names) + 1;
  }

  readName(names: readonly string[]): number {
    const lower = this.rest.slice(0, 9).toLowerCase();
    const index = names.findIndex(name => lower.startsWith(name.toLowerCase()));
    if (index < 0) return this.fail();
    this.rest = this.rest.slice(names[index]!.length);
    return index;
  }

  readOffset(element: string): void {
    if (element.startsWith('Z') && this.rest.startsWith('Z')) {
      this.rest = this.rest.slice(1);
      this.offset = 0;
      return;
    }
    const match = offsets[element.slice(1)]!.exec(this.rest) ?? this.fail();
    this.rest = this.rest.slice(match[0].length);
    const [hours, minutes, seconds] = [match[2], match[3] ?? '0', match[4] ?? '0'].map(Number);
    if (hours! > 24 || minutes! > 60 || seconds! > 60) this.fail();
    const size = hours! * 3600 + minutes! * 60 + seconds!;
    this.zoneOffset = match[1] === '-' ? -size : size;
  }

  readZoneName(): void {
    if (this.rest.startsWith('UTC')) {
      this.rest = this.rest.slice(3);
      this.offset = 0;
      return;
    }
    // What other names mean depends on the place, so the time counts as UTC.
    this.take(ZONE_NAME);
  }

  /** Nines take any number of digits or none, zeros as many digits as they are. */
  readFraction(element: string): void {
    const any = element[1] === '9';
    if (any && !/^[.,]\d/u.test(this.rest)) return;
    const taken = any
      ? this.take(/^[.,]\d+/u)
      : this.take(new RegExp(`^[.,]\\d{${element.length - 1}}`, 'u'));
    this.nanosecond = Number(taken.slice(1, 10).padEnd(9, '0'));
  }

  finish(): Instant {
    if (this.rest !== '') this.fail();
    if (this.half === 'PM' && this.hour < 12) this.hour += 12;
    else if (this.half === 'AM' && this.hour === 12) this.hour = 0;
    const { month, day } = this.date();
    const { year, hour, minute, second } = this;
    const seconds = secondsOf({ year, month, day, hour, minute, second });
    return { seconds: seconds - (this.offset ?? this.zoneOffset ?? 0), nanosecond: this.nanosecond };
  }

  private date(): { month: number; day: number } {
    const date = this.dayOfYear === undefined ? undefined : this.dateOfYear(this.dayOfYear);
    const month = date?.month ?? this.month ?? 1;
    const day = date?.day ?? this.day ?? 1;
    if (this.month !== undefined && this.month !== month) this.fail();
    if (this.day !== undefined && this.day !== day) this.fail();
    if (day < 1 || day > daysInMonth(this.year, month)) this.fail();
    return { month, day };
  }

  private dateOfYear(dayOfYear: number): { month: number; day: number } {
    if (dayOfYear < 1 || dayOfYear > daysOf(this.year + 1, 1, 1) - daysOf(this.year, 1, 1)) this.fail();
    let month = 1;
    let day = dayOfYear;
    while (day > daysInMonth(this.year, month)) day -= daysInMonth(this.year, month++);
    return { month, day };
  }

  private fail(): never {
    throw new BuiltinError(`parsing time ${JSON.stringify(this.text)}: it does not fit the layout`);
  }
}
