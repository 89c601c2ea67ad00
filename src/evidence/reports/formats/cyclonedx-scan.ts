import type { ObjectValue } from '../../../values/index.ts';
import { numberAt, objectsAt, partAt, requiredText, textAt } from '../fields.ts';
import { knownScanner } from '../known-scanners.ts';
import { given } from '../optional.ts';
import type { NamedPackage, ScanReport, SuppressedVulnerability, Vulnerability } from '../report.ts';
import { gravestKnown, type Severity, severityOfScore, toSeverity } from '../severity.ts';
import { affectedRefs, type BomParts, statusOf } from './cyclonedx-parts.ts';

/**
 * The vulnerabilities of a CycloneDX document, one for each component that one affects. Where no scanner is among
 * its tools it may be a VEX alone, which lists what somebody thought of, not what is there: it is no scan.
 */
export function scanOf(parts: BomParts): ScanReport {
  const [tool] = parts.tools.filter(item => knownScanner(textAt(item, 'name')) !== undefined);
  const name = tool && textAt(tool, 'name');
  const entries = parts.vulnerabilities.flatMap(item => entriesOf(item, parts, tool !== undefined));
  return {
    format: 'cyclonedx',
    scanner: knownScanner(name) ?? 'cyclonedx',
    ...given({
      scanner_version: tool && textAt(tool, 'version'),
      created_at: parts.sbom.created_at,
      unfit: tool === undefined ? 'it names no scanner among its tools' : undefined,
    }),
    image: parts.sbom.image,
    vulnerabilities: entries.filter(entry => !('suppression' in entry)),
    suppressed: entries.filter((entry): entry is SuppressedVulnerability => 'suppression' in entry),
    raw: parts.sbom.raw,
  };
}

function entriesOf(
  item: ObjectValue,
  parts: BomParts,
  isScan: boolean,
): readonly (Vulnerability | SuppressedVulnerability)[] {
  const refs = affectedRefs(item);
  const found = isScan ? withAnalysis(vulnerability(item), item) : vulnerability(item);
  return (refs.length === 0 ? [undefined] : refs).map(ref => {
    const component = ref === undefined ? undefined : parts.byRef.get(ref);
    const installed = component && textAt(component, 'version');
    return { ...found, ...given({ installed_version: installed }), package: packageOf(component, ref) };
  });
}

/** What the scanner itself holds for harmless, with a reason. */
function withAnalysis(found: Vulnerability, item: ObjectValue): Vulnerability | SuppressedVulnerability {
  const analysis = partAt(item, 'analysis');
  const status = statusOf(textAt(analysis, 'state'));
  const [justification, reason] = [textAt(analysis, 'justification'), textAt(analysis, 'detail')];
  const isHarmless =
    status === 'fixed' || (status === 'not_affected' && (justification ?? reason) !== undefined);
  if (!isHarmless) return found;
  return { ...found, suppression: { by: 'report', ...given({ status, justification, reason }) } };
}

function vulnerability(item: ObjectValue): Vulnerability {
  const id = requiredText(item, 'id');
  const source = textAt(partAt(item, 'source'), 'name');
  const ratings = objectsAt(item, 'ratings').map(ratingOf);
  const chosen = ratings.filter(rating => rating.source !== undefined && rating.source === source);
  const own = gravestKnown(chosen.map(({ severity }) => severity));
  return {
    id,
    aliases: objectsAt(item, 'references')
      .map(reference => textAt(reference, 'id'))
      .filter(name => name !== undefined && name !== id) as readonly string[],
    severity: own === 'unknown' ? gravestKnown(ratings.map(({ severity }) => severity)) : own,
    ...given({
      severity_source: source,
      title: textAt(item, 'description'),
      url: textAt(partAt(item, 'source'), 'url'),
    }),
    ratings: ratings.map(({ source: by = 'unnamed', severity }) => ({ source: by, severity })),
    cvss: ratings
      .filter(({ score, vector }) => score !== undefined || vector !== undefined)
      .map(({ source: by, score, vector }) => given({ source: by, score, vector })),
    package: {},
  };
}

interface Rating {
  readonly source: string | undefined;
  readonly severity: Severity;
  readonly score: number | undefined;
  readonly vector: string | undefined;
}

function ratingOf(rating: ObjectValue): Rating {
  const score = numberAt(rating, 'score');
  const severity = toSeverity(textAt(rating, 'severity'));
  return {
    source: textAt(partAt(rating, 'source'), 'name'),
    severity: severity === 'unknown' ? severityOfScore(score) : severity,
    score,
    vector: textAt(rating, 'vector'),
  };
}

function packageOf(component: ObjectValue | undefined, ref: string | undefined): NamedPackage {
  if (component === undefined) return given({ purl: ref?.startsWith('pkg:') ? ref : undefined });
  return given({
    name: textAt(component, 'name'),
    version: textAt(component, 'version'),
    type: textAt(component, 'type'),
    purl: textAt(component, 'purl'),
  });
}
