import { toMoment } from '../../../base/index.ts';
import { isObject, type ObjectValue } from '../../../values/index.ts';
import {
  numberAt,
  objectOf,
  objectsAt,
  partAt,
  requiredListAt,
  requiredText,
  textAt,
  textsAt,
} from '../fields.ts';
import { namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import type { Cvss, NamedImage, Suppression, Vulnerability } from '../report.ts';
import { toSeverity } from '../severity.ts';
import type { Format } from './format.ts';

/** `grype --output json`. */
export const grype: Format = {
  title: 'Grype report',
  recognises: document =>
    isObject(document) && document.has('matches') && (document.has('descriptor') || document.has('source')),
  read: document => {
    const report = objectOf(document, 'the report');
    const descriptor = partAt(report, 'descriptor');
    return {
      scan: {
        format: 'grype',
        scanner: (textAt(descriptor, 'name') ?? 'grype').toLowerCase(),
        ...given({
          scanner_version: textAt(descriptor, 'version'),
          created_at: toMoment(textAt(descriptor, 'timestamp')),
        }),
        image: imageOf(partAt(report, 'source')),
        vulnerabilities: requiredListAt(report, 'matches').map(match =>
          vulnerability(objectOf(match, 'each of matches')),
        ),
        suppressed: objectsAt(report, 'ignoredMatches').map(match => ({
          ...vulnerability(match),
          suppression: suppressionOf(match),
        })),
        raw: document,
      },
    };
  },
};

function imageOf(source: ObjectValue): NamedImage {
  const target = source.get('target') ?? undefined;
  if (target === undefined || !isObject(target)) return namedImage(undefined);
  return namedImage(
    textAt(target, 'userInput'),
    [textAt(target, 'manifestDigest'), ...textsAt(target, 'repoDigests')],
    textAt(target, 'imageID'),
  );
}

/** A match is of one advisory; `relatedVulnerabilities` are other names for it. */
function vulnerability(match: ObjectValue): Vulnerability {
  const found = objectOf(match.get('vulnerability'), 'vulnerability');
  const artifact = objectOf(match.get('artifact'), 'artifact');
  const id = requiredText(found, 'id');
  const severity = textAt(found, 'severity');
  const related = objectsAt(match, 'relatedVulnerabilities');
  const names = related.map(item => textAt(item, 'id')).filter(name => name !== undefined && name !== id);
  const version = textAt(artifact, 'version');
  return {
    id,
    aliases: [...new Set(names as readonly string[])],
    severity: toSeverity(severity),
    ...given({
      source_severity: severity,
      severity_source: textAt(found, 'namespace'),
      installed_version: version,
      fixed_version: textsAt(partAt(found, 'fix'), 'versions').join(', ') || undefined,
      status: textAt(partAt(found, 'fix'), 'state'),
      url: textAt(found, 'dataSource'),
    }),
    cvss: [found, ...related].flatMap(item => objectsAt(item, 'cvss').map(score => cvssOf(score, item))),
    package: given({
      name: textAt(artifact, 'name'),
      version,
      type: textAt(artifact, 'type'),
      purl: textAt(artifact, 'purl'),
      path: pathOf(artifact),
    }),
  };
}

function pathOf(artifact: ObjectValue): string | undefined {
  const [location] = objectsAt(artifact, 'locations');
  return location && textAt(location, 'path');
}

function cvssOf(score: ObjectValue, found: ObjectValue): Cvss {
  return given({
    source: textAt(score, 'source') ?? textAt(found, 'namespace'),
    version: textAt(score, 'version'),
    score: numberAt(partAt(score, 'metrics'), 'baseScore'),
    vector: textAt(score, 'vector'),
  });
}

/** The rule by which Grype itself left a match out. */
function suppressionOf(match: ObjectValue): Suppression {
  const [rule] = objectsAt(match, 'appliedIgnoreRules');
  if (rule === undefined) return { by: 'report' };
  return {
    by: 'report',
    ...given({
      status: textAt(rule, 'vex-status'),
      justification: textAt(rule, 'vex-justification'),
      reason: textAt(rule, 'reason'),
      source: textAt(rule, 'namespace'),
    }),
  };
}
