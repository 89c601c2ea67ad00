/** Each locale knows the abbreviations of its part of the world. */
const locales = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-NZ', 'en-ZA', 'ja-JP', 'en-KE'];

/** What no locale knows, or knows differently from the IANA database: the name in winter and in summer. */
const known: ReadonlyMap<string, string> = new Map([
  ['America/Adak', 'HST HDT'],
  ['America/Havana', 'CST CDT'],
  ['America/Hermosillo', 'MST'],
  ['America/Mazatlan', 'MST MDT'],
  ['America/St_Johns', 'NST NDT'],
  ['Asia/Hong_Kong', 'HKT'],
  ['Asia/Jakarta', 'WIB'],
  ['Asia/Jayapura', 'WIT'],
  ['Asia/Jerusalem', 'IST IDT'],
  ['Asia/Karachi', 'PKT'],
  ['Asia/Macau', 'CST'],
  ['Asia/Makassar', 'WITA'],
  ['Asia/Manila', 'PST'],
  ['Asia/Pontianak', 'WIB'],
  ['Asia/Pyongyang', 'KST'],
  ['Asia/Seoul', 'KST'],
  ['Asia/Shanghai', 'CST'],
  ['Europe/Dublin', 'GMT IST'],
  ['Europe/Guernsey', 'GMT BST'],
  ['Europe/Isle_of_Man', 'GMT BST'],
  ['Europe/Jersey', 'GMT BST'],
  ['Europe/Kirov', 'MSK'],
  ['Europe/Moscow', 'MSK'],
  ['Europe/Simferopol', 'MSK'],
  ['GMT', 'GMT'],
  ['Pacific/Guam', 'ChST'],
  ['Pacific/Midway', 'SST'],
  ['Pacific/Pago_Pago', 'SST'],
  ['Pacific/Saipan', 'ChST'],
]);

/** Zones to which locales give a name where the IANA database has the offset alone. */
const numeric: ReadonlySet<string> = new Set([
  'Antarctica/Casey',
  'Antarctica/Troll',
  'Asia/Colombo',
  'Asia/Dubai',
  'Asia/Muscat',
  'Australia/Eucla',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
]);

interface OffsetZone {
  readonly name: string;
  offsetAt(seconds: number): number;
}

/** What a zone is called at an instant, `CET`, as far as locales tell; its offset, `-03`, where they do not. */
export function abbreviation(zone: OffsetZone, seconds: number): string {
  const offset = zone.offsetAt(seconds);
  const [winter, summer] = known.get(zone.name)?.split(' ') ?? [];
  if (winter !== undefined) return summer && offset > zone.offsetAt(midwinter(seconds)) ? summer : winter;
  if (!numeric.has(zone.name))
    for (const locale of locales) {
      const text = shortName(zone.name, locale, seconds);
      if (/^[A-Z]{3,5}$/u.test(text)) return text;
    }
  return numericAbbreviation(offset);
}

function shortName(timeZone: string, locale: string, seconds: number): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(
    seconds * 1000,
  );
  return parts.find(part => part.type === 'timeZoneName')!.value;
}

/** The start of the year that an instant lies in. */
function midwinter(seconds: number): number {
  return Date.UTC(new Date(seconds * 1000).getUTCFullYear(), 0, 1) / 1000;
}

function numericAbbreviation(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60);
  const two = (number: number) => String(number).padStart(2, '0');
  const rest = minutes % 60 === 0 ? '' : two(minutes % 60);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${rest}`;
}
