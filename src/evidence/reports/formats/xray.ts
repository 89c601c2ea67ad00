import { earlier, toMoment } from '../../../base/index.ts';
import { isArray, isObject, type ObjectValue, type Value } from '../../../values/index.ts';
import {
  firstText,
  numberAt,
  objectOf,
  objectsAt,
  partAt,
  requiredListAt,
  textAt,
  textsAt,
  unreadable,
} from '../fields.ts';
import { digestOfHex, namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import type { NamedImage, ScanReport, Vulnerability } from '../report.ts';
import type { Format } from './format.ts';
import { plainVulnerability } from './plain-vulnerability.ts';

/** A summary of artifacts by the REST API of JFrog Xray. */
export const xraySummary: Format = {
  title: 'Xray summary',
  recognises: document =>
    isObject(document) && objectsIn(document.get('artifacts')).some(item => item.has('issues')),
  read: document => {
    const artifacts = objectsAt(objectOf(document, 'the report'), 'artifacts');
    const general = artifacts.map(artifact => partAt(artifact, 'general'));
    const digests = general.map(item => digestOfHex(textAt(item, 'sha256')));
    const scan = scanOf(
      document,
      namedImage(general[0] && textAt(general[0], 'name'), digests),
      artifacts.flatMap(artifact => objectsAt(artifact, 'issues').map(issue => ofIssue(issue, undefined))),
    );
    return { scan: artifacts.length > 1 ? { ...scan, unfit: 'it is of several artifacts' } : scan };
  },
};

/** `jf docker scan --format json`: a vulnerability for each component that has it. */
export const xrayScan: Format = {
  title: 'Xray report',
  recognises: document =>
    isArray(document) && document.length > 0 && document.every(item => isObject(item) && item.has('scan_id')),
  read: document => {
    const scans = (document as readonly Value[]).map(item => objectOf(item, 'each scan'));
    const image = namedImage(textAt(scans[0]!, 'component_id'));
    const found = scans.flatMap(scan =>
      objectsAt(scan, 'vulnerabilities').flatMap(item => {
        const components = [...partAt(item, 'components').entries()];
        if (components.length === 0) return [ofIssue(item, undefined)];
        return components.map(([name, details]) =>
          ofIssue(item, String(name), objectOf(details, 'components')),
        );
      }),
    );
    return { scan: scanOf(document, image, found) };
  },
};

/** A vulnerabilities report exported from Xray: a row for each finding. */
export const xrayRows: Format = {
  title: 'Xray vulnerabilities report',
  recognises: document => isObject(document) && document.has('total_rows') && document.has('rows'),
  read: document => {
    const report = objectOf(document, 'the report');
    const rows = requiredListAt(report, 'rows').map(item => objectOf(item, 'each of rows'));
    if ((numberAt(report, 'total_rows') ?? 0) > rows.length) return unreadable('it has not all rows');
    const times = rows.map(row => toMoment(textAt(row, 'artifact_scan_time')));
    const artifacts = new Set(rows.map(row => textAt(row, 'impacted_artifact')));
    const scan = scanOf(
      document,
      namedImage([...artifacts][0]),
      rows.map(row => ofIssue(row, textAt(row, 'vulnerable_component'), row)),
    );
    const unfit = artifacts.size > 1 ? 'it is of several artifacts' : undefined;
    return { scan: { ...scan, ...given({ created_at: times.reduce(earlier, undefined), unfit }) } };
  },
};

function scanOf(raw: Value, image: NamedImage, vulnerabilities: readonly Vulnerability[]): ScanReport {
  return { format: 'xray', scanner: 'xray', image, vulnerabilities, suppressed: [], raw };
}

/** An issue of Xray may be of several CVEs; its own id is the name then. Components are `type://name:version`. */
function ofIssue(item: ObjectValue, component: string | undefined, details?: ObjectValue): Vulnerability {
  const issue = textAt(item, 'issue_id');
  const cves = objectsAt(item, 'cves');
  const names = cves.map(each => textAt(each, 'cve')).filter(name => name !== undefined);
  const [scheme, rest] = component?.split('://') ?? [];
  const colon = rest?.lastIndexOf(':') ?? -1;
  return plainVulnerability({
    id: (names.length === 1 ? names[0] : issue) ?? names[0] ?? 'unnamed',
    aliases: issue === undefined ? names : [...names, issue],
    severity: textAt(item, 'severity'),
    name: colon === -1 ? (rest ?? component) : rest!.slice(0, colon),
    version: colon === -1 ? undefined : rest!.slice(colon + 1),
    type: scheme,
    fixed: details && (textsAt(details, 'fixed_versions').join(', ') || undefined),
    score: cves[0] && (numberAt(cves[0], 'cvss_v3_score') ?? numberAt(cves[0], 'cvss_v2_score')),
    vector: cves[0] && firstText(cves[0], 'cvss_v3_vector', 'cvss_v2_vector'),
  });
}

function objectsIn(value: Value | undefined): readonly ObjectValue[] {
  return value !== undefined && isArray(value) ? value.filter(isObject) : [];
}
