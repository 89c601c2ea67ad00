/** A date and time of day without a zone, in the proleptic Gregorian calendar. */
export interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export const monthNames: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export const dayNames: readonly string[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
];

const secondsPerDay = 86_400;

/** Days from 1970-01-01 to a date; month and day may lie outside their usual ranges. */
export function daysOf(year: number, month: number, day: number): number {
  const monthIndex = month - 1;
  const normalYear = year + Math.floor(monthIndex / 12);
  const normalMonth = monthIndex - Math.floor(monthIndex / 12) * 12;
  // Years begin in March, so that a leap day ends its year.
  const marchYear = normalMonth < 2 ? normalYear - 1 : normalYear;
  const marchMonth = (normalMonth + 10) % 12;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468 + day - 1;
}

/** The date and time of day so many seconds after 1970. */
export function civilOf(seconds: number): Civil {
  const days = Math.floor(seconds / secondsPerDay);
  const rest = seconds - days * secondsPerDay;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
  };
}

/** Seconds from 1970 to a date and time of day, as if in UTC. */
export function secondsOf(civil: Civil): number {
  const days = daysOf(civil.year, civil.month, civil.day);
  return days * secondsPerDay + civil.hour * 3600 + civil.minute * 60 + civil.second;
}

export function daysInMonth(year: number, month: number): number {
  return daysOf(year, month + 1, 1) - daysOf(year, month, 1);
}

/** 1 for the first of January. */
export function dayOfYear(civil: Civil): number {
  return daysOf(civil.year, civil.month, civil.day) - daysOf(civil.year, 1, 1) + 1;
}

/** 0 for Sunday. */
export function weekdayOf(civil: Civil): number {
  return (((daysOf(civil.year, civil.month, civil.day) + 4) % 7) + 7) % 7;
}
