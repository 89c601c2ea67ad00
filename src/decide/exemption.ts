import { readMoment } from '../base/index.ts';
import { isArray, isObject, isSet, type ObjectValue, type Value } from '../values/index.ts';
import type { Lifting } from './exemption-object.ts';
import type { Finding, PackageRule } from './finding.ts';
import type { Subject } from './subject.ts';
import type { Exemption, PolicyPlace, VerdictError } from './verdict.ts';

/** What lifts a violation, and until when: nanoseconds since 1970, exclusive. */
export interface Lift {
  readonly until: bigint;
  readonly exemption: Exemption;
}

/** One exemption as it applies to an image: these rules, until then. */
interface Grant {
  readonly rules: ReadonlySet<string>;
  /** Nanoseconds since 1970, exclusive; undefined where it does not apply. */
  readonly until: bigint | undefined;
  /** Why it does not. */
  readonly problem: string;
  readonly exemption: StatementExemption;
}

type StatementExemption = Exemption & { readonly source: PolicyPlace };

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

  /** The finding, marked where a statement or an object lifts it: by what lasts longest. */
  apply(name: string, finding: Finding, objects: Lifting): Finding {
    const { image, violation } = finding;
    if (image === undefined) return finding;
    const fitting = (this.grants.get(image) ?? []).filter(grant => grant.rules.has(name));
    const standing = fitting.filter(isDated).filter(({ until }) => this.asOf < until);
    const [longest] = [...standing, ...objects.lifts].sort(longestFirst);
    if (longest !== undefined) return { image, violation: { ...violation, exempted: longest.exemption } };
    if (violation.severity === 'error') for (const grant of fitting) this.report(grant);
    const { refused } = objects;
    return refused === undefined ? finding : { image, violation: { ...violation, not_exempted: refused } };
  }

  private report({ until, problem, exemption }: Grant): void {
    if (until !== undefined || this.errors.some(error => error.source === exemption.source)) return;
    const message = `exemption does not apply: ${problem}`;
    this.errors.push({ code: 'exemption_error', message, source: exemption.source });
  }
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

function isDated(grant: Grant): grant is Grant & Lift {
  return grant.until !== undefined;
}

function longestFirst(a: Lift, b: Lift): number {
  return a.until === b.until ? 0 : a.until < b.until ? 1 : -1;
}
