/** RFC 3339; a zone is left out by some scanners, which then mean UTC. */
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,12}))?\s?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?$/;

const MINUTE = 60_000_000_000n;

/** A moment as RFC 3339 writes it, and in nanoseconds since 1970. */
export interface Moment {
  readonly text: string;
  readonly nanoseconds: bigint;
}

/**
 * The moment that a text means; undefined where it is none, or lies before 1990, which no report does: scanners
 * write the year 1 where they do not know.
 */
export function toMoment(text: string | undefined): Moment | undefined {
  const parts = text === undefined ? null : MOMENT.exec(text.trim());
  if (parts === null) return undefined;
  const [, date, time, fraction = '', , sign, hours = '0', minutes = '0'] = parts;
  const milliseconds = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(milliseconds) || milliseconds < Date.UTC(1990) || Number(minutes) > 59) return undefined;
  if (!new Date(milliseconds).toISOString().startsWith(date!)) return undefined;
  const offset = BigInt(Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -MINUTE : MINUTE);
  const nanoseconds =
    BigInt(milliseconds) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0')) - offset;
  const seconds = fraction === '' ? '' : `.${fraction.slice(0, 9)}`;
  const zone = sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`;
  return { text: `${date}T${time}${seconds}${zone}`, nanoseconds };
}

/** The moment of a number of seconds since 1970. */
export function toMomentOfSeconds(seconds: number | undefined): Moment | undefined {
  if (seconds === undefined || !(seconds > 0 && seconds < 253_402_300_800)) return undefined;
  return toMoment(new Date(Math.trunc(seconds) * 1000).toISOString());
}

/** When a date written `2027-01-31` begins in UTC, or the moment that is written out; undefined of others. */
export function toMomentOrDate(text: string): Moment | undefined {
  return toMoment(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
}

/** The earlier of two. */
export function earlier(a: Moment | undefined, b: Moment | undefined): Moment | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.nanoseconds <= b.nanoseconds ? a : b;
}
