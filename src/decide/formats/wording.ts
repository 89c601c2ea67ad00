import type { Paint } from '../../base/index.ts';
import type { Exemption, ImageVerdict, Location, PolicyPlace, Verdict, Violation } from '../verdict.ts';

/** `file:line:column` of a rule in its policy; empty where it stands in none. */
export function policyPlace(source: PolicyPlace | undefined): string {
  return source === undefined ? '' : `${source.file}:${source.line}:${source.column}`;
}

/** `file:line` of an image; empty where it was not in a file. */
export function filePlace({ file, line }: Location): string {
  if (file === undefined) return '';
  return line === undefined ? file : `${file}:${line}`;
}

/** `Deployment shop/web, container app`; empty for a bare list. */
export function objectPlace({ object, container, container_type: type }: Location): string {
  const name = [object?.namespace, object?.name].filter(part => part !== undefined).join('/');
  const owner = [object?.kind, name].filter(part => part !== undefined && part !== '').join(' ');
  const part = container === undefined ? '' : `${type ?? 'container'} ${container}`;
  return [owner, part].filter(text => text !== '').join(', ');
}

/** What stands behind the message: the reason, what was expected and found, what to do. */
export function particulars(violation: Violation): readonly (readonly [label: string, text: string])[] {
  const { because, expected, found, fix, exempted, not_exempted } = violation;
  const all: readonly (readonly [string, string | undefined])[] = [
    ['because', because],
    ['expected', expected],
    ['found', found],
    ['fix', fix?.description],
    ['exempted', exempted === null ? undefined : justification(exempted)],
    ['refused', not_exempted],
  ];
  return all.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]));
}

/** `until 2027-01-31: OPS-212`, and of an object whose it is. */
export function justification({ until, because, id, owner, ticket }: Exemption): string {
  const who = [owner, ticket, id && `exemption ${id}`].filter(text => text !== undefined);
  return `until ${until}: ${because}${who.length > 0 ? ` (${who.join(', ')})` : ''}`;
}

/** The message and its particulars in one line. */
export function sentence(violation: Violation): string {
  const more = particulars(violation).map(([label, text]) => `${label}: ${text}`);
  return [violation.message, ...more].join('; ');
}

/** `error`, `warning`, `indeterminate` or `exempted`. */
export function standing({ severity, indeterminate, exempted }: Violation) {
  if (exempted !== null) return 'exempted';
  return indeterminate && severity === 'error' ? 'indeterminate' : severity;
}

export type Standing = ReturnType<typeof standing>;

/** The violations that belong to no image of the submission. */
export function flatViolations(verdict: Verdict): readonly Violation[] {
  const refs = new Set(verdict.images.map(image => image.ref));
  return verdict.violations.filter(({ image }) => image === undefined || !refs.has(image));
}

/** Why an image is not allowed that has nothing against it itself; undefined where it is, or has. */
export function ofSubmission({ decision, violations }: ImageVerdict): string | undefined {
  if (decision === 'allow') return undefined;
  const own = violations.map(standing);
  if (own.includes('error') || (decision === 'indeterminate' && own.includes('indeterminate')))
    return undefined;
  const why = decision === 'deny' ? 'denied' : 'not decided';
  return `the submission as a whole is ${why}`;
}

/** `4 images: 3 allowed, 1 denied; 2 warnings, 1 exempted`, numbers of nothing left out. */
export function summaryLine({ summary }: Verdict): string {
  const images = [`${summary.allowed} allowed`];
  if (summary.denied > 0) images.push(`${summary.denied} denied`);
  if (summary.indeterminate > 0) images.push(`${summary.indeterminate} indeterminate`);
  const more = [];
  if (summary.warnings > 0) more.push(plural(summary.warnings, 'warning'));
  if (summary.exempted > 0) more.push(`${summary.exempted} exempted`);
  return [
    `${plural(summary.images, 'image')}: ${images.join(', ')}`,
    ...(more.length > 0 ? [more.join(', ')] : []),
  ].join('; ');
}

export interface FormatOptions {
  /** Only `text` is ever painted. */
  readonly paint?: Paint;
  /** Whether the caller said as of when to decide; the formats for people then say it too. */
  readonly asOfGiven?: boolean;
}

/** As of when the caller wanted it decided; undefined where it was now. */
export function askedTime(
  { as_of: time }: Verdict,
  { asOfGiven = false }: FormatOptions,
): string | undefined {
  return asOfGiven ? `as of ${time}, as the caller asked` : undefined;
}

/** `acme/production v7 (stable)` */
export function policyNames(verdict: Verdict): readonly string[] {
  return verdict.policy.map(({ name, version, channel }) =>
    [name, version === undefined ? '' : ` v${version}`, channel === undefined ? '' : ` (${channel})`].join(
      '',
    ),
  );
}

/** The violations of an image with one location each, those without a location once. */
export function occurrences(
  violations: readonly Violation[],
): readonly { readonly violation: Violation; readonly location?: Location }[] {
  return violations.flatMap(violation =>
    violation.locations === undefined || violation.locations.length === 0
      ? [{ violation }]
      : violation.locations.map(location => ({ violation, location })),
  );
}

/** The first place of an image, as people look for it. */
export function firstPlace({ locations }: ImageVerdict): string {
  const [first, ...others] = locations.map(filePlace).filter(place => place !== '');
  if (first === undefined) return '';
  return others.length === 0 ? first : `${first} +${others.length}`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
