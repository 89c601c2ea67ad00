const day = 86_400_000;

/** The milliseconds of a number of days such as `30d`, undefined where the text is none. */
export function readDays(text: string): number | undefined {
  const digits = /^(\d{1,4})d$/u.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits) * day;
}
