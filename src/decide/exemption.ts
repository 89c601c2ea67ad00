import { isArray, isObject, isSet, type ObjectValue, type Value } from '../values/index.ts';
import type { Finding, PackageRule } from './finding.ts';
import type { Subject } from './subject.ts';
import type { Exemption, PolicyPlace, VerdictError } from './verdict.ts';

/** One exemption as it applies to an image: these rules, until then. */
interface Grant {
  readonly rules: ReadonlySet<string>;
  /** Nanoseconds since 1970, exclusive; undefined where it does not apply. */
  readonly until: bigint | undefined;
  /** Why it does not. */
  readonly problem: string;
  readonly exemption: Exemption;
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/u;

/**
 * The moment a date or an RFC 3339 time names, in nanoseconds since 1970 and exact to the millisecond;
 * a date alone is its first moment in UTC. Undefined where the text is neither.
 */
export function readMoment(text: string): bigint | undefined {
  if (!DATE.test(text)) return undefined;
  const milliseconds = Date.parse(text.toUpperCase());
  if (Number.isNaN(milliseconds) || !sameDay(text)) return undefined;
  return BigInt(milliseconds) * 1_000_000n;
}

/** What the `exempt` rules of a package grant. */
export class Exemptions {
  /** By index of the image. */
  private readonly grants = new Map<number, Grant[]>();
  private readonly asOf: bigint;
  /** Exemptions that would lift a violation, were all of them known. */
  readonly errors: VerdictError[] = [];

  constructor(asOf: bigint) {
    this.asOf = asOf;
  }

  /** Takes the document of an `exempt` rule; what has not the shape of an exemption grants nothing. */
  add({ rule }: PackageRule, document: Value | undefined, subject: Subject): void {
    if (document === undefined || !isSet(document)) return;
    for (const item of document.items()) {
      if (!isObject(item)) continue;
      const grant = toGrant(item, rule.source);
      if (grant === undefined) continue;
      for (const image of subject.named(item.get('image') ?? null).indexes)
        this.grants.set(image, [...(this.grants.get(image) ?? []), grant]);
    }
  }

  /** The finding, marked where an exemption lifts it: the one that lasts longest. */
  apply(name: string, finding: Finding): Finding {
    const { image, violation } = finding;
    if (image === undefined) return finding;
    const fitting = (this.grants.get(image) ?? []).filter(grant => grant.rules.has(name));
    const standing = fitting
      .filter(({ until }) => until !== undefined && this.asOf < until)
      .sort(longestFirst);
    const [longest] = standing;
    if (longest !== undefined) return { image, violation: { ...violation, exempted: longest.exemption } };
    if (violation.severity === 'error') for (const grant of fitting) this.report(grant);
    return finding;
  }

  private report({ until, problem, exemption }: Grant): void {
    if (until !== undefined || this.errors.some(error => error.source === exemption.source)) return;
    const message = `exemption does not apply: ${problem}`;
    this.errors.push({ code: 'exemption_error', message, source: exemption.source });
  }
}

/** A moment as RFC 3339 in UTC, to the millisecond where it has any: `2026-12-01T00:00:00Z`. */
export function writeMoment(moment: bigint): string {
  return new Date(Number(moment / 1_000_000n)).toISOString().replace('.000Z', 'Z');
}

/** An exemption has a date and a reason; one that has a `problem` in their place applies to nothing. */
function toGrant(item: ObjectValue, source: PolicyPlace): Grant | undefined {
  const [until, because, problem] = [item.get('until'), item.get('because'), item.get('problem')];
  const rules = new Set(strings(item.get('rules')));
  if (typeof problem === 'string')
    return { rules, until: undefined, problem, exemption: { until: '', because: '', source } };
  if (typeof until !== 'string' || typeof because !== 'string') return undefined;
  const exemption = { until, because, source };
  return { rules, until: readMoment(until), problem: `${JSON.stringify(until)} is not a date`, exemption };
}

function strings(value: Value | undefined): readonly string[] {
  if (value === undefined) return [];
  const items = isSet(value) ? value.items() : isArray(value) ? value : [value];
  return items.filter(item => typeof item === 'string');
}

function longestFirst(a: Grant, b: Grant): number {
  return a.until === b.until ? 0 : a.until! < b.until! ? 1 : -1;
}

/** Whether the day exists: `Date.parse` takes 30 February for 2 March. */
function sameDay(text: string): boolean {
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
