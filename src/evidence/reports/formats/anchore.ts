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
import type { Cvss, NamedImage, Vulnerability } from '../report.ts';
import { toSeverity } from '../severity.ts';
import type { Format } from './format.ts';

/** `anchore-cli image vuln` and `anchorectl image vulnerabilities`, with or without what names the image. */
export const anchore: Format = {
  title: 'Anchore report',
  recognises: document =>
    isArray(document)
      ? document.length > 0 && document.every(isFinding)
      : isObject(document) &&
        document.has('vulnerabilities') &&
        ['imageDigest', 'image_digest', 'vulnerability_type', 'vulnerabilityType'].some(key =>
          document.has(key),
        ),
  read: document => {
    if (isArray(document)) return { scan: scanOf(document, namedImage(undefined), document, ofEngine) };
    const report = objectOf(document, 'the report');
    const image = namedImage(firstText(report, 'imageFullTag'), [
      firstText(report, 'imageDigest', 'image_digest'),
    ]);
    return { scan: scanOf(document, image, requiredListAt(report, 'vulnerabilities'), ofEngine) };
  },
};

/** A report of Anchore Enterprise: `metadata` and `securityEvaluation`. */
export const anchoreEnterprise: Format = {
  title: 'Anchore Enterprise report',
  recognises: document => isObject(document) && document.has('securityEvaluation'),
  read: document => {
    const report = objectOf(document, 'the report');
    const metadata = partAt(report, 'metadata');
    const [registry, repository] = [textAt(metadata, 'registry'), textAt(metadata, 'repository')];
    const name = registry && repository ? `${registry}/${repository}` : repository;
    const image = namedImage(name, [textAt(metadata, 'imageDigest')]);
    const scan = scanOf(document, image, requiredListAt(report, 'securityEvaluation'), ofEvaluation);
    return { scan: { ...scan, ...given({ created_at: toMoment(textAt(metadata, 'timestamp')) }) } };
  },
};

/** `anchore-cli evaluate check --detail`: recognised, to say that it is not what is needed. */
export const anchoreCheck: Format = {
  title: 'Anchore policy evaluation',
  recognises: document =>
    isArray(document) &&
    document.length > 0 &&
    document.every(item => isObject(item) && item.size > 0 && item.keys().every(isDigestKey)),
  read: () => unreadable('it says what a policy made of an image, not its vulnerabilities'),
};

function scanOf(
  raw: Value,
  image: NamedImage,
  items: readonly Value[],
  read: (item: ObjectValue) => Vulnerability,
) {
  return {
    format: 'anchore',
    scanner: 'anchore',
    image,
    vulnerabilities: items.map(item => read(objectOf(item, 'each vulnerability'))),
    suppressed: [],
    raw,
  };
}

/** The names are written with underscores or not, by version. */
function ofEngine(item: ObjectValue): Vulnerability {
  const severity = textAt(item, 'severity');
  const version = firstText(item, 'package_version', 'packageVersion');
  const scores = [...objectsAt(item, 'nvd_data'), ...objectsAt(item, 'nvdData')];
  const id = requiredText(item, 'vuln');
  return {
    id,
    aliases: [...new Set(scores.map(score => textAt(score, 'id')))].filter(
      name => name !== undefined && name !== id,
    ) as readonly string[],
    severity: toSeverity(severity),
    ...given({
      source_severity: severity,
      severity_source: firstText(item, 'feed_group', 'feedGroup'),
      installed_version: version,
      fixed_version: unlessNone(textAt(item, 'fix')),
      url: textAt(item, 'url'),
    }),
    cvss: scores.flatMap(score => [
      ...cvssOf(score, 'cvss_v3', 'cvssV3', '3'),
      ...cvssOf(score, 'cvss_v2', 'cvssV2', '2'),
    ]),
    package: given({
      name: firstText(item, 'package_name', 'packageName'),
      version,
      type: firstText(item, 'package_type', 'packageType'),
      path: unlessNone(firstText(item, 'package_path', 'packagePath')),
    }),
  };
}

function cvssOf(item: ObjectValue, key: string, other: string, version: string): readonly Cvss[] {
  const part = item.has(key) ? partAt(item, key) : partAt(item, other);
  const score = numberAt(part, 'base_score') ?? numberAt(part, 'baseScore');
  return score === undefined ? [] : [{ source: 'nvd', version, score }];
}

function ofEvaluation(item: ObjectValue): Vulnerability {
  const severity = textAt(item, 'severity');
  const id = requiredText(item, 'vulnerabilityId');
  const score = numberAt(item, 'nvdCvssBaseScore');
  return {
    id,
    aliases: textsAt(item, 'cves')
      .flatMap(names => names.split(/[\s,]+/))
      .filter(name => name !== '' && name !== id),
    severity: toSeverity(severity),
    ...given({
      source_severity: severity,
      fixed_version: unlessNone(textAt(item, 'fixAvailable')),
      url: textAt(item, 'link'),
    }),
    cvss: score === undefined ? [] : [{ source: 'nvd', score }],
    package: given({
      name: textAt(item, 'package'),
      type: textAt(item, 'packageType'),
      path: textAt(item, 'path'),
    }),
  };
}

function isFinding(item: Value): boolean {
  return isObject(item) && item.has('vuln') && (item.has('packageName') || item.has('package_name'));
}

function isDigestKey(key: Value): boolean {
  return typeof key === 'string' && key.startsWith('sha256:');
}

function unlessNone(text: string | undefined): string | undefined {
  return text === 'None' ? undefined : text;
}
