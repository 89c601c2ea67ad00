import { isObject, type ObjectValue } from '../../../values/index.ts';
import { numberAt, objectOf, partAt, requiredListAt, requiredText, textAt } from '../fields.ts';
import { namedImage } from '../image-names.ts';
import type { Format } from './format.ts';
import { plainVulnerability } from './plain-vulnerability.ts';

/** A report of NeuVector's scanner. It says no time, and the digest only in later versions. */
export const neuvector: Format = {
  title: 'NeuVector report',
  recognises: document => {
    const report = isObject(document) ? document.get('report') : undefined;
    return report !== undefined && isObject(report) && report.has('vulnerabilities') && report.has('modules');
  },
  read: document => {
    const report = partAt(objectOf(document, 'the report'), 'report');
    return {
      scan: {
        format: 'neuvector',
        scanner: 'neuvector',
        image: namedImage(
          textAt(report, 'repository'),
          [textAt(report, 'digest')],
          textAt(report, 'image_id'),
        ),
        vulnerabilities: requiredListAt(report, 'vulnerabilities').map(item =>
          vulnerability(objectOf(item, 'each of vulnerabilities')),
        ),
        suppressed: [],
        raw: document,
      },
    };
  },
};

function vulnerability(item: ObjectValue) {
  return plainVulnerability({
    id: requiredText(item, 'name'),
    severity: textAt(item, 'severity'),
    name: textAt(item, 'package_name'),
    version: textAt(item, 'package_version'),
    fixed: textAt(item, 'fixed_version'),
    score: numberAt(item, 'score_v3'),
    vector: textAt(item, 'vectors_v3'),
    url: textAt(item, 'link'),
  });
}
