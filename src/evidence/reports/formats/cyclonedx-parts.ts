import type { ObjectValue } from '../../../values/index.ts';
import { objectsAt, textAt } from '../fields.ts';
import type { Sbom, VexStatus } from '../report.ts';

/** A CycloneDX document that has vulnerabilities, taken apart. */
export interface BomParts {
  readonly metadata: ObjectValue;
  readonly root: ObjectValue | undefined;
  readonly vulnerabilities: readonly ObjectValue[];
  readonly byRef: ReadonlyMap<string, ObjectValue>;
  readonly tools: readonly ObjectValue[];
  readonly sbom: Sbom;
}

const statuses: ReadonlyMap<string, VexStatus> = new Map([
  ['not_affected', 'not_affected'],
  ['false_positive', 'not_affected'],
  ['resolved', 'fixed'],
  ['resolved_with_pedigree', 'fixed'],
  ['exploitable', 'affected'],
  ['in_triage', 'under_investigation'],
]);

/** The status that an analysis comes to, by the names that VEX has in common; undefined where there is none. */
export function statusOf(state: string | undefined): VexStatus | undefined {
  return state === undefined ? undefined : statuses.get(state);
}

/** The references of what a vulnerability affects. */
export function affectedRefs(vulnerability: ObjectValue): readonly (string | undefined)[] {
  return objectsAt(vulnerability, 'affects').map(item => textAt(item, 'ref'));
}
