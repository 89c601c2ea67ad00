import { momentOf, writeMoment } from '../base/index.ts';
import { compileIdentity, compilePatterns, type Image, type PatternMatcher } from '../images/index.ts';
import type { Lift } from './exemption.ts';
import type { Finding } from './finding.ts';
import type { LoadedPolicy } from './policy.ts';
import type { Subject } from './subject.ts';

/** An exemption that an organisation keeps beside its policies; times are milliseconds since 1970. */
export interface ExemptionObject {
  readonly id: string;
  /** The policy whose violations it lifts, by its name without a version: `acme/production`. */
  readonly policy: string;
  readonly owner: string;
  readonly reason: string;
  readonly ticket?: string;
  /** Patterns of images, and digests. */
  readonly images: readonly string[];
  /** Full names: `acme.production.deny_tag`. */
  readonly rules: readonly string[];
  /** Globs; it lifts nothing of an image that stands anywhere else, or nobody knows where. */
  readonly namespaces?: readonly string[];
  /** Whether it lifts also what a rule could not decide. */
  readonly indeterminate: boolean;
  readonly startsAt: number;
  /** Exclusive. */
  readonly expiresAt: number;
}

/** What exemptions do to one violation. */
export interface Lifting {
  readonly lifts: readonly Lift[];
  /** Why one that names the rule and the image does not lift it. */
  readonly refused?: string;
}

const nothing: Lifting = { lifts: [] };

/** The exemptions that count for one policy at one moment, held against one subject. */
export class ExemptionObjects {
  private readonly byRule: ReadonlyMap<string, readonly CompiledExemption[]>;
  private readonly subject: Subject;
  private readonly locked: Readonly<Record<string, string>>;

  constructor(
    objects: readonly ExemptionObject[],
    { identity, locked = {} }: LoadedPolicy,
    subject: Subject,
    asOf: bigint,
  ) {
    const live = objects.filter(object => object.policy === identity.name && isLive(object, asOf));
    const compiled = live.map(object => new CompiledExemption(object, subject));
    const named = compiled.flatMap(each => each.object.rules.map(rule => [rule, each] as const));
    this.byRule = new Map(
      [...Map.groupBy(named, ([rule]) => rule)].map(([rule, list]) => [rule, list.map(([, each]) => each)]),
    );
    this.subject = subject;
    this.locked = locked;
  }

  /** A violation that names no image is lifted by none. */
  of({ violation, image: index }: Finding): Lifting {
    const candidates = this.byRule.get(violation.rule);
    if (candidates === undefined || index === undefined) return nothing;
    const image = this.subject.images[index]!;
    const fitting = candidates.filter(each => each.names(image));
    const refusals = fitting.map(each => this.refusal(each, violation.rule, image, violation.indeterminate));
    const lifts = fitting.filter((_, i) => refusals[i] === undefined).map(({ lift }) => lift);
    const refused = refusals.find(each => each !== undefined);
    return { lifts, ...(lifts.length === 0 && refused !== undefined && { refused }) };
  }

  private refusal(
    exemption: CompiledExemption,
    rule: string,
    image: Image,
    indeterminate: boolean,
  ): string | undefined {
    const { object } = exemption;
    const because = (why: string) => `exemption ${object.id}: ${why}`;
    if (Object.hasOwn(this.locked, rule)) return because(`locked by ${this.locked[rule]}`);
    if (indeterminate && !object.indeterminate)
      return because('the rule could not be decided, which it does not say that it lifts');
    const outside = exemption.outside(image);
    return outside === undefined ? undefined : because(outside);
  }
}

/** Whether it has begun and not ended; `moment` is in nanoseconds since 1970. */
export function isLive({ startsAt, expiresAt }: ExemptionObject, moment: bigint): boolean {
  return momentOf(startsAt) <= moment && moment < momentOf(expiresAt);
}

class CompiledExemption {
  readonly object: ExemptionObject;
  readonly lift: Lift;
  private readonly subject: Subject;
  private readonly digests: ReadonlySet<string>;
  private readonly patterns: PatternMatcher;
  private readonly namespaces: readonly ((name: string) => boolean)[] | undefined;

  constructor(object: ExemptionObject, subject: Subject) {
    this.object = object;
    this.lift = liftOf(object);
    this.subject = subject;
    this.digests = new Set(object.images.filter(isDigest));
    this.patterns = compilePatterns(object.images.filter(text => !isDigest(text))).matcher;
    this.namespaces = object.namespaces?.map(glob => compileIdentity(glob) ?? (() => false));
  }

  names(image: Image): boolean {
    if (image.invalid !== undefined) return false;
    if (image.digest !== undefined && this.digests.has(image.digest)) return true;
    return this.patterns.match(image) !== undefined;
  }

  /** Why the namespaces do not cover every place where the image stands; undefined where they do. */
  outside({ name }: Image): string | undefined {
    const { namespaces } = this;
    if (namespaces === undefined) return undefined;
    const places = this.subject.images.filter(image => image.name === name);
    const isCovered = (namespace: string | undefined) =>
      namespace !== undefined && namespaces.some(matches => matches(namespace));
    const other = places.find(({ object }) => !isCovered(object?.namespace));
    if (other === undefined) return undefined;
    const namespace = other.object?.namespace;
    const where = namespace === undefined ? 'where no namespace is given' : `in namespace ${namespace}`;
    return `it is for namespaces ${this.object.namespaces!.join(', ')}, and the image stands also ${where}`;
  }
}

/** In place of a pattern of images; the patterns of images have no such form. */
export function isDigest(text: string): boolean {
  return /^sha(?:256|384|512):/u.test(text);
}

function liftOf({ id, owner, reason, ticket, expiresAt }: ExemptionObject): Lift {
  const until = momentOf(expiresAt);
  const exemption = {
    until: writeMoment(until),
    because: reason,
    id,
    owner,
    ...(ticket !== undefined && { ticket }),
  };
  return { until, exemption };
}
