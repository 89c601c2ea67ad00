import type { Evidence } from '../evidence/index.ts';
import type { Image } from '../images/index.ts';
import { compareStrings } from '../values/index.ts';
import type { Finding } from './finding.ts';
import { locationOf } from './subject.ts';
import type { Decision, ImageVerdict, Location, Violation } from './verdict.ts';

/** What the violations of one image, or of all, come to. */
export function decisionOf(violations: readonly Violation[], failed: boolean): Decision {
  const standing = violations.filter(({ severity, exempted }) => severity === 'error' && exempted === null);
  if (standing.some(violation => !violation.indeterminate)) return 'deny';
  return failed || standing.length > 0 ? 'indeterminate' : 'allow';
}

/**
 * One verdict for each distinct image, in the order of the submission. What belongs to no image may be
 * about any of them, so it counts for each. `failed`: something of the policies could not be evaluated, so
 * that no image is allowed.
 */
export function imageVerdicts(
  images: readonly Image[],
  findings: readonly Finding[],
  failed: boolean,
  seen: (name: string) => readonly Evidence[],
): readonly ImageVerdict[] {
  const common = findings.filter(finding => finding.image === undefined).map(({ violation }) => violation);
  const groups = Map.groupBy(images.keys(), index => identityOf(images[index]!));
  const byImage = Map.groupBy(findings, finding => finding.image);
  return [...groups.values()].map(indexes => {
    const { ref, name, registry, repository, tag, digest } = images[indexes[0]!]!;
    const violations = mergeViolations(indexes.flatMap(index => byImage.get(index) ?? []));
    return {
      ref,
      ...(name !== undefined && { name }),
      ...(registry !== undefined && { registry }),
      ...(repository !== undefined && { repository }),
      ...(tag !== undefined && { tag }),
      ...(digest !== undefined && { digest }),
      decision: decisionOf([...violations, ...common], failed),
      locations: indexes.map(index => locationOf(images[index]!)).filter(location => location !== undefined),
      violations,
      evidence: name === undefined ? [] : seen(name),
    };
  });
}

/** By rule, then as they were found; those that differ in nothing but the place are one. */
export function mergeViolations(findings: readonly Finding[]): readonly Violation[] {
  const merged = new Map<string, { violation: Violation; locations: Map<string, Location> }>();
  for (const { violation } of findings) {
    const { locations = [], ...rest } = violation;
    const key = JSON.stringify(rest);
    const same = merged.get(key) ?? { violation: rest, locations: new Map() };
    merged.set(key, same);
    for (const location of locations) same.locations.set(JSON.stringify(location), location);
  }
  return [...merged.values()]
    .map(({ violation, locations }) =>
      locations.size > 0 ? { ...violation, locations: [...locations.values()] } : violation,
    )
    .sort(byRule);
}

/** Sorting keeps the order of equals: within a rule, as the images stand in the submission. */
export function byRule(a: Violation, b: Violation): number {
  return compareStrings(a.rule, b.rule);
}

/** Everything that tells images apart; what only says where they stand is left out. */
function identityOf({ ref, name, registry, repository, tag, digest }: Image): string {
  return JSON.stringify([ref, name, registry, repository, tag, digest]);
}
