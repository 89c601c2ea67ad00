import { toMoment } from '../../../base/index.ts';
import { isArray, isObject, type ObjectValue, type Value } from '../../../values/index.ts';
import {
  firstText,
  numberAt,
  objectOf,
  objectsAt,
  partAt,
  requiredListAt,
  requiredText,
  textAt,
  textsAt,
  unreadable,
} from '../fields.ts';
import { namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import type { Cvss, ScanReport, SuppressedVulnerability, Vulnerability } from '../report.ts';
import { type Severity, toSeverity } from '../severity.ts';
import type { Format } from './format.ts';

/** Trivy's numbers for severities, by position. */
const levels: readonly Severity[] = ['unknown', 'low', 'medium', 'high', 'critical'];

const CVSS_VERSIONS = ['V2', 'V3', 'V40'] as const;

/** `trivy image --format json`, schema version 2. */
export const trivy: Format = {
  title: 'Trivy report',
  recognises: document =>
    isObject(document) &&
    document.has('SchemaVersion') &&
    (document.has('ArtifactName') || document.has('Results')),
  read: document => {
    const report = objectOf(document, 'the report');
    if (report.get('SchemaVersion') !== 2) return unreadable('its schema version is not known');
    const metadata = partAt(report, 'Metadata');
    const name = firstText(metadata, 'Reference') ?? textsAt(metadata, 'RepoTags')[0];
    const image = namedImage(
      name ?? textAt(report, 'ArtifactName'),
      textsAt(metadata, 'RepoDigests'),
      textAt(metadata, 'ImageID'),
    );
    const results = objectsAt(report, 'Results');
    const scan = scanOf(document, results);
    const created = toMoment(textAt(report, 'CreatedAt'));
    const version = textAt(partAt(report, 'Trivy'), 'Version');
    const unfit = unfitness(results);
    return { scan: { ...scan, ...given({ created_at: created, scanner_version: version, unfit }), image } };
  },
};

/** The list of results that Trivy wrote before schema version 2. It names no image and no time. */
export const trivyLegacy: Format = {
  title: 'Trivy report',
  recognises: document =>
    isArray(document) &&
    document.length > 0 &&
    document.every(item => isObject(item) && item.has('Target') && !item.has('resource')),
  read: document => ({
    scan: scanOf(
      document,
      (document as readonly Value[]).map(item => objectOf(item, 'each result')),
    ),
  }),
};

/** `trivy k8s --report all`: of a whole cluster, so of many images; none of them is named by digest. */
export const trivyCluster: Format = {
  title: 'Trivy report of a cluster',
  recognises: document =>
    isObject(document) &&
    document.has('ClusterName') &&
    ['Resources', 'Vulnerabilities', 'Misconfigurations', 'Findings'].some(key => document.has(key)),
  read: document => {
    const report = objectOf(document, 'the report');
    const resources = ['Resources', 'Vulnerabilities', 'Misconfigurations', 'Findings'].flatMap(key =>
      objectsAt(report, key),
    );
    const scan = scanOf(
      document,
      resources.flatMap(resource => objectsAt(resource, 'Results')),
    );
    return { scan: { ...scan, unfit: 'it is of a whole cluster, not of one image' } };
  },
};

/** A VulnerabilityReport that the Trivy operator keeps in a cluster. */
export const trivyOperator: Format = {
  title: 'VulnerabilityReport of the Trivy operator',
  recognises: document =>
    isObject(document) &&
    String(document.get('apiVersion')).startsWith('aquasecurity.github.io/') &&
    document.has('kind'),
  read: document => {
    const object = objectOf(document, 'the report');
    const kind = requiredText(object, 'kind');
    if (kind !== 'VulnerabilityReport' && kind !== 'ClusterVulnerabilityReport')
      return unreadable(`it is no report of vulnerabilities but a ${kind}`);
    const report = partAt(object, 'report');
    const artifact = partAt(report, 'artifact');
    const scanner = partAt(report, 'scanner');
    const registry = textAt(partAt(report, 'registry'), 'server');
    const repository = textAt(artifact, 'repository');
    const name = registry && repository ? `${registry}/${repository}` : repository;
    return {
      scan: {
        format: 'trivy-operator',
        scanner: (textAt(scanner, 'name') ?? 'trivy').toLowerCase(),
        ...given({
          scanner_version: textAt(scanner, 'version'),
          created_at: toMoment(textAt(report, 'updateTimestamp')),
        }),
        image: namedImage(name, [textAt(artifact, 'digest')]),
        vulnerabilities: requiredListAt(report, 'vulnerabilities').map(item =>
          operatorVulnerability(objectOf(item, 'each of vulnerabilities')),
        ),
        suppressed: [],
        raw: document,
      },
    };
  },
};

/** Trivy has a result for all that it looked at, also where it found nothing there. */
function unfitness(results: readonly ObjectValue[]): string | undefined {
  if (results.length === 0) return 'it has no results: nothing was looked at';
  return results.every(isOfNoPackages) ? 'it is not about packages' : undefined;
}

/** Whether a result is of another of Trivy's scanners: of configuration, secrets or licences. */
function isOfNoPackages(result: ObjectValue): boolean {
  const kind = textAt(result, 'Class');
  return kind !== undefined && !kind.endsWith('-pkgs');
}

function scanOf(document: Value, results: readonly ObjectValue[]): ScanReport {
  return {
    format: 'trivy',
    scanner: 'trivy',
    image: namedImage(undefined),
    vulnerabilities: results.flatMap(result =>
      objectsAt(result, 'Vulnerabilities').map(item => vulnerability(item, result)),
    ),
    suppressed: results.flatMap(suppressedOf),
    raw: document,
  };
}

/** What Trivy found and then left out, by an ignore file or a VEX document of its own. */
function suppressedOf(result: ObjectValue): readonly SuppressedVulnerability[] {
  return objectsAt(result, 'ExperimentalModifiedFindings')
    .filter(finding => textAt(finding, 'Type') === 'vulnerability')
    .map(finding => ({
      ...vulnerability(partAt(finding, 'Finding'), result),
      suppression: {
        by: 'report',
        ...given({
          status: textAt(finding, 'Status'),
          justification: textAt(finding, 'Statement'),
          source: textAt(finding, 'Source'),
        }),
      },
    }));
}

function vulnerability(item: ObjectValue, result: ObjectValue): Vulnerability {
  const severity = textAt(item, 'Severity');
  const installed = textAt(item, 'InstalledVersion');
  return {
    id: idOf(item),
    aliases: textsAt(item, 'VendorIDs'),
    severity: toSeverity(severity),
    ...given({
      source_severity: severity,
      severity_source: textAt(item, 'SeveritySource'),
      installed_version: installed,
      fixed_version: textAt(item, 'FixedVersion'),
      status: textAt(item, 'Status'),
      title: textAt(item, 'Title'),
      url: textAt(item, 'PrimaryURL'),
    }),
    ratings: ratingsOf(item),
    cvss: cvssOf(partAt(item, 'CVSS')),
    package: given({
      name: textAt(item, 'PkgName'),
      version: installed,
      type: textAt(result, 'Type'),
      purl: textAt(partAt(item, 'PkgIdentifier'), 'PURL'),
      path: textAt(item, 'PkgPath') ?? textAt(result, 'Target'),
    }),
  };
}

/** Some databases had no identifier for an advisory; the package then stands for it. */
function idOf(item: ObjectValue): string {
  return textAt(item, 'VulnerabilityID') ?? `unnamed:${requiredText(item, 'PkgName')}`;
}

function ratingsOf(item: ObjectValue): readonly { source: string; severity: Severity }[] {
  return [...partAt(item, 'VendorSeverity').entries()].map(([source, level]) => ({
    source: String(source),
    severity: (typeof level === 'number' && levels[level]) || 'unknown',
  }));
}

function cvssOf(scores: ObjectValue): readonly Cvss[] {
  return [...scores.entries()].flatMap(([source, value]) => {
    const score = objectOf(value, 'CVSS');
    return CVSS_VERSIONS.flatMap(version => {
      const vector = textAt(score, `${version}Vector`);
      const number = numberAt(score, `${version}Score`);
      if (vector === undefined && number === undefined) return [];
      return [
        {
          source: String(source),
          version: version === 'V40' ? '4' : version.slice(1),
          ...given({ score: number, vector }),
        },
      ];
    });
  });
}

function operatorVulnerability(item: ObjectValue): Vulnerability {
  const severity = textAt(item, 'severity');
  const installed = textAt(item, 'installedVersion');
  const score = numberAt(item, 'score');
  return {
    id: requiredText(item, 'vulnerabilityID'),
    aliases: [],
    severity: toSeverity(severity),
    ...given({
      source_severity: severity,
      installed_version: installed,
      fixed_version: textAt(item, 'fixedVersion'),
      title: textAt(item, 'title'),
      url: textAt(item, 'primaryLink') ?? textsAt(item, 'links')[0],
    }),
    cvss: score === undefined ? [] : [{ score }],
    package: given({
      name: textAt(item, 'resource'),
      version: installed,
      type: textAt(item, 'packageType') ?? textAt(item, 'class'),
      purl: textAt(item, 'packagePURL'),
      path: textAt(item, 'packagePath') ?? textAt(item, 'target'),
    }),
  };
}
