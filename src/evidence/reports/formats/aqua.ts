import { toMomentOfSeconds } from '../../../base/index.ts';
import { isArray, isObject, type ObjectValue, type Value } from '../../../values/index.ts';
import { firstText, numberAt, objectOf, objectsAt, partAt, requiredText, textAt } from '../fields.ts';
import { digestOfHex, namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import type { Reading, Vulnerability } from '../report.ts';
import type { Format } from './format.ts';
import { plainVulnerability } from './plain-vulnerability.ts';

/** A scan of Aqua: by resource, or in the older form a list of `cves`; alone, or in a list of results. */
export const aqua: Format = {
  title: 'Aqua report',
  recognises: document =>
    isArray(document) ? document.length > 0 && document.every(isWrapped) : isReport(document),
  read: document => {
    if (!isArray(document)) return read(document, [objectOf(document, 'the report')]);
    return read(
      document,
      document.map(item => objectOf(objectOf(item, 'each result').get('results'), 'results')),
    );
  },
};

function isReport(document: Value): boolean {
  if (!isObject(document)) return false;
  return document.has('cves')
    ? document.has('image_name')
    : document.has('resources') && document.has('vulnerability_summary');
}

function isWrapped(item: Value): boolean {
  const results = isObject(item) ? item.get('results') : undefined;
  return results !== undefined && isReport(results);
}

function read(raw: Value, reports: readonly ObjectValue[]): Reading {
  const [first] = reports;
  const seconds = numberAt(partAt(first!, 'scan_started'), 'seconds');
  return {
    scan: {
      format: 'aqua',
      scanner: 'aqua',
      ...given({
        created_at: toMomentOfSeconds(seconds),
        unfit: reports.length > 1 ? 'it is of several images' : undefined,
      }),
      image: namedImage(
        firstText(first!, 'image', 'image_name'),
        reports.map(report => digestOfHex(textAt(report, 'digest'))),
      ),
      vulnerabilities: reports.flatMap(report => [
        ...objectsAt(report, 'cves').map(ofList),
        ...objectsAt(report, 'resources').flatMap(ofResource),
      ]),
      suppressed: [],
      raw,
    },
  };
}

function ofResource(item: ObjectValue): readonly Vulnerability[] {
  const resource = partAt(item, 'resource');
  return objectsAt(item, 'vulnerabilities').map(found =>
    plainVulnerability({
      id: requiredText(found, 'name'),
      severity: firstText(
        found,
        'aqua_severity',
        'vendor_severity_v3',
        'vendor_severity',
        'nvd_severity_v3',
        'nvd_severity',
      ),
      name: textAt(resource, 'name'),
      version: textAt(resource, 'version'),
      type: textAt(resource, 'format'),
      path: textAt(resource, 'path'),
      fixed: textAt(found, 'fix_version'),
      score: numberAt(found, 'nvd_score_v3') ?? numberAt(found, 'nvd_score'),
      vector: firstText(found, 'nvd_vectors_v3', 'nvd_vectors'),
      url: textAt(found, 'nvd_url'),
    }),
  );
}

function ofList(item: ObjectValue): Vulnerability {
  return plainVulnerability({
    id: requiredText(item, 'name'),
    severity: textAt(item, 'severity'),
    name: textAt(item, 'file'),
    fixed: textAt(item, 'fix_version'),
    score: numberAt(item, 'score'),
    url: textAt(item, 'url'),
  });
}
