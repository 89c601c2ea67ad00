import { earlier, toMoment } from '../../../base/index.ts';
import { isObject, type ObjectValue, type Value } from '../../../values/index.ts';
import { listAt, objectOf, objectsAt, partAt, requiredText, textAt, unreadable } from '../fields.ts';
import { digestOf, namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import { parseText } from '../parse-text.ts';
import type { Cvss, Reading, ScanReport, Vex, Vulnerability } from '../report.ts';
import { gravestKnown, severityOfScore, toSeverity } from '../severity.ts';

/** Reads a document that stands inside another. */
export type ReadInner = (document: Value) => Reading;

/** An in-toto statement, 0.1 or 1: what is signed in an attestation. */
export function isStatement(document: Value): document is ObjectValue {
  return isObject(document) && document.has('predicateType') && document.has('predicate');
}

/** What the predicate says, with the digests that the statement is about. */
export function readStatement(statement: ObjectValue, readInner: ReadInner): Reading {
  const subjects = objectsAt(statement, 'subject').flatMap(subject => {
    const digests = [...partAt(subject, 'digest').entries()];
    return digests.map(([algorithm, hex]) => digestOf(`${String(algorithm)}:${String(hex)}`));
  });
  const known = subjects.filter(digest => digest !== undefined);
  if (known.length === 0) return unreadable('the statement has no subject with a digest');
  const reading = readInner(unwrap(statement.get('predicate') ?? null));
  const { vex } = reading;
  return { ...reading, subjects: known, ...(vex && { vex: withProducts(vex, known) }) };
}

/** An OpenVEX statement without products is about what the in-toto statement is about. */
function withProducts(vex: Vex, digests: readonly string[]): Vex {
  if (vex.format !== 'openvex') return vex;
  const products = [{ purls: [], digests, parts: [] }];
  return {
    ...vex,
    statements: vex.statements.map(each => (each.products.length === 0 ? { ...each, products } : each)),
  };
}

/** cosign keeps a predicate that is no JSON, and once kept any, as text in `Data`. */
function unwrap(predicate: Value): Value {
  const data = isObject(predicate) ? predicate.get('Data') : undefined;
  return typeof data === 'string' ? parseText(data) : (data ?? predicate);
}

/** The predicate of vulnerabilities of cosign (`…/attestation/vuln/v1`) and of in-toto (`…/vulns/v0.1`, `v0.2`). */
export function isVulnerabilityPredicate(document: Value): document is ObjectValue {
  const scanner = isObject(document) ? document.get('scanner') : undefined;
  return scanner !== undefined && isObject(scanner) && scanner.has('result');
}

/**
 * The report that the predicate holds, at the earlier of its own time and the predicate's, so that an old report
 * does not become young in a new statement.
 */
export function readVulnerabilityPredicate(predicate: ObjectValue, readInner: ReadInner): Reading {
  const scanner = partAt(predicate, 'scanner');
  const metadata = partAt(predicate, 'metadata');
  const result = scanner.get('result') ?? null;
  const scan = isResultList(result) ? ofResults(scanner, predicate) : readInner(result).scan;
  if (scan === undefined) return unreadable('its result is no report of vulnerabilities');
  const finished = textAt(metadata, 'scanFinishedOn') ?? textAt(metadata, 'scanStartedOn');
  const created = earlier(toMoment(finished), scan.created_at);
  const version = scan.scanner_version ?? textAt(scanner, 'version');
  return { scan: { ...scan, ...given({ created_at: created, scanner_version: version }), raw: predicate } };
}

/** in-toto lists identifiers and severities itself; elements of Trivy's oldest format have a target. */
function isResultList(result: Value): boolean {
  return (
    Array.isArray(result) && result.every(item => isObject(item) && item.has('id') && item.has('severity'))
  );
}

function ofResults(scanner: ObjectValue, raw: Value): ScanReport {
  return {
    format: 'in-toto-vulns',
    scanner: scannerName(requiredText(scanner, 'uri')),
    image: namedImage(undefined),
    vulnerabilities: listAt(scanner, 'result').map(item => vulnerability(objectOf(item, 'each of result'))),
    suppressed: [],
    raw,
  };
}

/** The last name in an URI: `pkg:github/aquasecurity/trivy@0.50` and `https://github.com/anchore/grype`. */
function scannerName(uri: string): string {
  const [path] = uri.split(/[?#]/);
  const last = path!.split('/').findLast(part => part !== '') ?? uri;
  return last.split('@')[0]!.toLowerCase();
}

function vulnerability(item: ObjectValue): Vulnerability {
  const ratings = objectsAt(item, 'severity').map(rating => ({
    method: textAt(rating, 'method'),
    score: textAt(rating, 'score'),
  }));
  const severities = ratings.map(({ score }) =>
    score !== undefined && /^\d+(?:\.\d+)?$/.test(score) ? severityOfScore(Number(score)) : toSeverity(score),
  );
  const [first] = ratings;
  return {
    id: requiredText(item, 'id'),
    aliases: [],
    severity: gravestKnown(severities),
    ...given({ source_severity: first?.score, severity_source: first?.method }),
    cvss: ratings.flatMap(({ method, score }): Cvss[] =>
      score !== undefined && /^\d+(?:\.\d+)?$/.test(score)
        ? [given({ source: method, score: Number(score) })]
        : [],
    ),
    package: {},
  };
}
