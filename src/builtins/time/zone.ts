import { BoundedCache } from '../bounded-cache.ts';
import { BuiltinError } from '../builtin.ts';
import { type Civil, secondsOf } from './civil.ts';
import { abbreviation } from './zone-abbreviation.ts';

/** A time zone of the IANA database. */
export interface Zone {
  readonly name: string;
  /** Seconds east of UTC at an instant in seconds after 1970. */
  offsetAt(seconds: number): number;
  /** What the zone is called at an instant: `CET`; where it has no such name, its offset: `-03`. */
  abbreviationAt(seconds: number): string;
}

export const utc: Zone = { name: 'UTC', offsetAt: () => 0, abbreviationAt: () => 'UTC' };

const zones = new BoundedCache<Zone>(50);

/** The zone of a name, upper and lower case as the database has it. Throws BuiltinError where there is none. */
export function zoneOf(name: string): Zone {
  return name === '' || name === 'UTC' || name === 'Local' ? utc : zones.get(name, () => namedZone(name));
}

/** The instant, in seconds after 1970, of a date and time of day in a zone. */
export function instantOf(civil: Civil, zone: Zone): number {
  const seconds = secondsOf(civil);
  const first = zone.offsetAt(seconds);
  return first === 0 ? seconds : seconds - zone.offsetAt(seconds - first);
}

function namedZone(name: string): Zone {
  const offsets = formatter(name);
  const offsetAt = (seconds: number) => parseOffset(zonePart(offsets, seconds));
  const abbreviationAt = (seconds: number) => abbreviation({ name, offsetAt }, seconds);
  return { name, offsetAt, abbreviationAt };
}

function formatter(zone: string): Intl.DateTimeFormat {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    if (/^[A-Z]/u.test(zone) && isWrittenSo(format, zone)) return format;
  } catch {
    // Intl does not know the zone; the message below says so.
  }
  throw new BuiltinError(`unknown time zone ${zone}`);
}

/** Intl takes names in any case; the database has one spelling. */
function isWrittenSo(format: Intl.DateTimeFormat, zone: string): boolean {
  const resolved = format.resolvedOptions().timeZone;
  return resolved === zone || resolved.toLowerCase() !== zone.toLowerCase();
}

function zonePart(format: Intl.DateTimeFormat, seconds: number): string {
  const parts = format.formatToParts(seconds * 1000);
  return parts.find(part => part.type === 'timeZoneName')!.value;
}

/** Seconds of `GMT`, `GMT-05:00` or `GMT+00:53:28`. */
function parseOffset(text: string): number {
  const match = /([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/u.exec(text.replace('\u2212', '-'));
  if (!match) return 0;
  const [, sign, hours, minutes, seconds = '0'] = match;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -size : size;
}
