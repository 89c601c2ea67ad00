import { toMoment } from '../../../base/index.ts';
import { isObject, type ObjectValue, type Value } from '../../../values/index.ts';
import { numberAt, objectOf, partAt, requiredListAt, requiredText, textAt, textsAt } from '../fields.ts';
import { namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import type { Format } from './format.ts';
import { plainVulnerability } from './plain-vulnerability.ts';

const MEDIA_TYPE = 'application/vnd.security.vulnerability.report';

/** What Harbor gives for an artifact, whichever scanner it asked; by media type, or alone. */
export const harbor: Format = {
  title: 'Harbor report',
  recognises: document => reportIn(document) !== undefined,
  read: document => {
    const report = objectOf(reportIn(document), 'the report');
    const scanner = partAt(report, 'scanner');
    const artifact = partAt(report, 'artifact');
    const items = requiredListAt(report, 'vulnerabilities').map(item =>
      objectOf(item, 'each of vulnerabilities'),
    );
    return {
      scan: {
        format: 'harbor',
        scanner: requiredText(scanner, 'name').toLowerCase(),
        ...given({
          scanner_version: textAt(scanner, 'version'),
          created_at: toMoment(textAt(report, 'generated_at')),
        }),
        image: namedImage(textAt(artifact, 'repository'), [
          textAt(artifact, 'digest'),
          ...items.flatMap(item => textsAt(item, 'artifact_digests')),
        ]),
        vulnerabilities: items.map(vulnerability),
        suppressed: [],
        raw: document,
      },
    };
  },
};

function reportIn(document: Value): ObjectValue | undefined {
  if (!isObject(document)) return undefined;
  if (document.has('generated_at') && document.has('vulnerabilities')) return document;
  const key = document.keys().find(each => typeof each === 'string' && each.startsWith(MEDIA_TYPE));
  const report = key === undefined ? undefined : document.get(key);
  return report !== undefined && isObject(report) ? report : undefined;
}

function vulnerability(item: ObjectValue) {
  const cvss = partAt(item, 'preferred_cvss');
  return plainVulnerability({
    id: requiredText(item, 'id'),
    severity: textAt(item, 'severity'),
    name: textAt(item, 'package'),
    version: textAt(item, 'version'),
    fixed: textAt(item, 'fix_version'),
    score: numberAt(cvss, 'score_v3'),
    vector: textAt(cvss, 'vector_v3'),
    url: textsAt(item, 'links')[0],
  });
}
