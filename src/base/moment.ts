/** RFC 3339 as tools write it; a zone is left out by some scanners, which then mean UTC. */
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,12}))?\s?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?$/;

/** A date, or RFC 3339 to the letter. */
const WRITTEN = /^\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,12})?(?:[Zz]|[+-]\d{2}:\d{2}))?$/;

const MINUTE = 60_000_000_000n;
/** 1990. */
const EARLIEST = momentOf(Date.UTC(1990));

/** A moment as RFC 3339 writes it, and in nanoseconds since 1970. */
export interface Moment {
  readonly text: string;
  readonly nanoseconds: bigint;
}

/**
 * The moment that a tool wrote; undefined where the text is none, or lies before 1990, which no report does: scanners
 * write the year 1 where they do not know.
 */
export function toMoment(text: string | undefined): Moment | undefined {
  const moment = text === undefined ? undefined : parse(text.trim());
  return moment === undefined || moment.nanoseconds < EARLIEST ? undefined : moment;
}

function parse(text: string): Moment | undefined {
  const parts = MOMENT.exec(text);
  if (parts === null) return undefined;
  const [, date, time, fraction = '', , sign, hours = '0', minutes = '0'] = parts;
  const milliseconds = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(milliseconds) || Number(minutes) > 59) return undefined;
  // `Date.parse` takes 30 February for 2 March.
  if (!new Date(milliseconds).toISOString().startsWith(date!)) return undefined;
  const offset = BigInt(Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -MINUTE : MINUTE);
  const nanoseconds = momentOf(milliseconds) + BigInt(fraction.slice(0, 9).padEnd(9, '0')) - offset;
  const seconds = fraction === '' ? '' : `.${fraction.slice(0, 9)}`;
  const zone = sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`;
  return { text: `${date}T${time}${seconds}${zone}`, nanoseconds };
}

/** The moment of a number of seconds since 1970. */
export function toMomentOfSeconds(seconds: number | undefined): Moment | undefined {
  if (seconds === undefined || !(seconds > 0 && seconds < 253_402_300_800)) return undefined;
  return toMoment(new Date(Math.trunc(seconds) * 1000).toISOString());
}

/**
 * The moment that a person wrote: a date, which is its first moment in UTC, or a time by RFC 3339; undefined where the
 * text is neither.
 */
export function toMomentOrDate(text: string): Moment | undefined {
  if (!WRITTEN.test(text)) return undefined;
  return parse(text.length === '2027-01-31'.length ? `${text}T00:00:00Z` : text);
}

/** The same in nanoseconds since 1970. */
export function readMoment(text: string): bigint | undefined {
  return toMomentOrDate(text)?.nanoseconds;
}

/** Milliseconds since 1970 in nanoseconds. */
export function momentOf(milliseconds: number): bigint {
  return BigInt(Math.trunc(milliseconds)) * 1_000_000n;
}

/** Nanoseconds since 1970 as RFC 3339 in UTC, to the millisecond where they have any: `2026-12-01T00:00:00Z`. */
export function writeMoment(nanoseconds: bigint): string {
  return new Date(Number(nanoseconds / 1_000_000n)).toISOString().replace('.000Z', 'Z');
}

/** The earlier of two. */
export function earlier(a: Moment | undefined, b: Moment | undefined): Moment | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.nanoseconds <= b.nanoseconds ? a : b;
}
