import { type Moment, toMomentOrDate } from '../base/index.ts';
import { isArray, isObject, isSet, type ObjectValue, typeName, type Value } from '../values/index.ts';
import { checkAuthority } from './authority.ts';

/** A vulnerability that somebody answers for, for a time. */
export interface IgnoredVulnerability {
  readonly id: string;
  /** From then on it counts again. */
  readonly until: Moment;
  readonly because: string;
  /** Confines it to a package: a package URL, or a name. */
  readonly package?: string;
}

/** Which reports of an image count, and what of them. */
export interface ReportCriteria {
  /** Names of scanners one of which must have made it; any where there are none. */
  readonly scanners: readonly string[];
  /** Who must have signed it; where absent nobody must. */
  readonly authorities?: Value;
  readonly ignored: readonly IgnoredVulnerability[];
}

/** Entries of one list. */
const ENTRIES = 10_000;

const ENTRY_FIELDS: ReadonlySet<Value> = new Set(['id', 'until', 'because', 'package']);

const read = new WeakMap<ObjectValue, ReportCriteria | string>();

/**
 * The criteria that an object holds, or what is wrong with it. `by` is a scanner by its name, an authority, or
 * an array or set of both: then one of the scanners must have made the report and one of the authorities
 * signed it. `ignored` is an array or set of `{"id", "until", "because"}`, with `package` to confine it.
 */
export function readReportCriteria(value: Value): ReportCriteria | string {
  if (!isObject(value)) return `criteria are an object, not ${typeName(value)}`;
  const known = read.get(value);
  if (known !== undefined) return known;
  const criteria = readCriteria(value);
  read.set(value, criteria);
  return criteria;
}

function readCriteria(value: ObjectValue): ReportCriteria | string {
  const other = value.keys().find(key => key !== 'by' && key !== 'ignored');
  if (other !== undefined) return `criteria have by and ignored, not ${JSON.stringify(other)}`;
  const by = value.get('by');
  const makers = by === undefined ? {} : readMakers(by);
  if (typeof makers === 'string') return makers;
  const ignored = readIgnored(value.get('ignored') ?? []);
  return typeof ignored === 'string' ? ignored : { scanners: [], ...makers, ignored };
}

function readMakers(by: Value): Omit<ReportCriteria, 'ignored'> | string {
  const list = listOf(by) ?? [by];
  if (list.length === 0) return 'by is an empty list';
  const scanners = list.filter(item => typeof item === 'string');
  if (scanners.includes('')) return 'the name of a scanner is empty';
  const authorities = list.filter(item => typeof item !== 'string');
  if (authorities.length === 0) return { scanners };
  return checkAuthority(authorities) ?? { scanners, authorities };
}

function readIgnored(value: Value): readonly IgnoredVulnerability[] | string {
  const list = listOf(value);
  if (list === undefined) return `ignored vulnerabilities are a list, not ${typeName(value)}`;
  if (list.length > ENTRIES) return `there are more than ${ENTRIES} ignored vulnerabilities`;
  const entries: IgnoredVulnerability[] = [];
  for (const [index, item] of list.entries()) {
    const entry = readEntry(item);
    if (typeof entry === 'string') return `ignored vulnerability ${index + 1}: ${entry}`;
    entries.push(entry);
  }
  return entries;
}

function readEntry(item: Value): IgnoredVulnerability | string {
  if (!isObject(item)) return `it is an object, not ${typeName(item)}`;
  const other = item.keys().find(key => !ENTRY_FIELDS.has(key));
  if (other !== undefined) return `${JSON.stringify(other)} is no field of it`;
  const [id, until, because, confined] = ['id', 'until', 'because', 'package'].map(key => item.get(key));
  if (!isText(id)) return 'it needs an id';
  if (!isText(because)) return `${id} needs because: who answers for it, and why`;
  if (confined !== undefined && !isText(confined)) return `the package of ${id} is no text`;
  const moment = typeof until === 'string' ? toMomentOrDate(until) : undefined;
  if (moment === undefined) return `${id} needs until: a date such as "2027-01-31"`;
  return { id, until: moment, because, ...(confined !== undefined && { package: confined }) };
}

function listOf(value: Value): readonly Value[] | undefined {
  if (isSet(value)) return value.items();
  return isArray(value) ? value : undefined;
}

function isText(value: Value | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
