import type { ObjectValue } from '../../../values/index.ts';
import { textAt, textsAt } from '../fields.ts';

/** Licence sets inside one another that are followed. */
const NESTING = 10;

const relationships: ReadonlySet<string> = new Set(['hasConcludedLicense', 'hasDeclaredLicense']);

const LISTED = /^https?:\/\/spdx\.org\/licenses\/([A-Za-z0-9.+-]+?)(?:\.json)?$/;

/** The licences that relationships of an SPDX 3 graph give its packages. */
export class LicenseElements {
  private readonly byId: ReadonlyMap<string, ObjectValue>;
  private readonly licences = new Map<string, string[]>();

  constructor(elements: readonly ObjectValue[], byId: ReadonlyMap<string, ObjectValue>) {
    this.byId = byId;
    for (const element of elements) {
      if (!relationships.has(textAt(element, 'relationshipType') ?? '')) continue;
      const from = textAt(element, 'from') ?? '';
      const known = this.licences.get(from) ?? [];
      known.push(...textsAt(element, 'to'));
      this.licences.set(from, known);
    }
  }

  /** As SPDX expressions, or as names where that is all there is. */
  of(id: string): readonly (string | undefined)[] {
    return (this.licences.get(id) ?? []).map(licence => this.expression(licence, NESTING));
  }

  private expression(id: string, depth: number): string | undefined {
    const listed = LISTED.exec(id)?.[1];
    if (listed !== undefined) return listed;
    if (/NoAssertionLicense$/.test(id)) return undefined;
    if (/NoneLicense$/.test(id)) return 'NONE';
    const element = this.byId.get(id);
    if (element === undefined || depth === 0) return undefined;
    const members = textsAt(element, 'expandedlicensing_member');
    if (members.length === 0) return textAt(element, 'simplelicensing_licenseExpression') ?? nameOf(element);
    const word = /Disjunctive/.test(textAt(element, 'type') ?? '') ? ' OR ' : ' AND ';
    return `(${members.map(member => this.expression(member, depth - 1) ?? 'NOASSERTION').join(word)})`;
  }
}

/** A licence that is not on SPDX's list has a name of its own. */
function nameOf(element: ObjectValue): string | undefined {
  return textAt(element, 'name');
}
