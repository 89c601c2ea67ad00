import { toMoment } from '../../../base/index.ts';
import type { ObjectValue } from '../../../values/index.ts';
import { objectsAt, partAt, requiredText, textAt } from '../fields.ts';
import { given } from '../optional.ts';
import type { Vex, VexIdentity, VexProduct, VexStatement, VexStatus } from '../report.ts';
import { type BomParts, statusOf } from './cyclonedx-parts.ts';

/** The analyses in a CycloneDX document, as VEX; undefined where there is none. */
export function vexOf(parts: BomParts): Vex | undefined {
  const statements = parts.vulnerabilities.flatMap(item => statementOf(item, parts));
  if (statements.length === 0) return undefined;
  const supplier = textAt(partAt(parts.metadata, 'supplier'), 'name');
  return {
    format: 'cyclonedx-vex',
    ...given({ id: parts.sbom.serial_number, author: supplier }),
    version: Number(parts.sbom.version) || 0,
    statements,
  };
}

function statementOf(item: ObjectValue, parts: BomParts): readonly VexStatement[] {
  const analysis = partAt(item, 'analysis');
  const status = statusOf(textAt(analysis, 'state'));
  if (status === undefined) return [];
  const names = objectsAt(item, 'references').map(reference => textAt(reference, 'id'));
  return [
    {
      ids: [requiredText(item, 'id'), ...names.filter(name => name !== undefined)],
      status,
      ...given({
        justification: textAt(analysis, 'justification'),
        reason: textAt(analysis, 'detail'),
        at: toMoment(textAt(analysis, 'lastUpdated')) ?? parts.sbom.created_at,
      }),
      products: objectsAt(item, 'affects').map(affected => productOf(affected, parts, status)),
    },
  ];
}

/** A component of an image, or of whatever the document is about, is a part of that product alone. */
function productOf(affected: ObjectValue, parts: BomParts, status: VexStatus): VexProduct {
  const ref = textAt(affected, 'ref');
  const component = ref === undefined ? undefined : parts.byRef.get(ref);
  const versions = versionsOf(affected, status);
  if (component === undefined) return { ...identityOfRef(ref), parts: [], ...given({ versions }) };
  const own = identityOf(component, parts);
  if (component === parts.root || parts.root === undefined)
    return { ...own, parts: [], ...given({ versions }) };
  return { ...identityOf(parts.root, parts), parts: [own], ...given({ versions }) };
}

/**
 * The versions to which it is confined. Ranges are not compared: one that is unaffected covers no version, one that
 * is affected covers all.
 */
function versionsOf(affected: ObjectValue, status: VexStatus): readonly string[] | undefined {
  const versions = objectsAt(affected, 'versions');
  if (versions.length === 0) return undefined;
  const isHarmless = status === 'not_affected' || status === 'fixed';
  if (!isHarmless && versions.some(item => item.has('range'))) return undefined;
  const wanted = versions.filter(item => (textAt(item, 'status') === 'unaffected') === isHarmless);
  return wanted.map(item => textAt(item, 'version')).filter(version => version !== undefined);
}

function identityOf(component: ObjectValue, parts: BomParts): VexIdentity {
  const purl = textAt(component, 'purl');
  const digests = component === parts.root ? parts.sbom.image.digests : [];
  return { purls: purl === undefined ? [] : [purl], digests };
}

function identityOfRef(ref: string | undefined): VexIdentity {
  const link = ref?.startsWith('urn:cdx:') ? ref : undefined;
  return { purls: ref?.startsWith('pkg:') ? [ref] : [], digests: [], ...given({ link }) };
}
