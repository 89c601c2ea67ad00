import { toMoment } from '../../../base/index.ts';
import { isObject, type ObjectValue } from '../../../values/index.ts';
import { numberAt, objectOf, objectsAt, partAt, requiredListAt, requiredText, textAt } from '../fields.ts';
import { namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import type { Vulnerability } from '../report.ts';
import type { Format } from './format.ts';
import { plainVulnerability } from './plain-vulnerability.ts';

/** `sysdig-cli-scanner --json-scan-result`. */
export const sysdig: Format = {
  title: 'Sysdig report',
  recognises: document => {
    const result = isObject(document) ? document.get('result') : undefined;
    return result !== undefined && isObject(result) && result.has('vulnTotalBySeverity');
  },
  read: document => {
    const report = objectOf(document, 'the report');
    const result = partAt(report, 'result');
    const metadata = partAt(result, 'metadata');
    return {
      scan: {
        format: 'sysdig',
        scanner: 'sysdig',
        ...given({
          scanner_version: textAt(partAt(report, 'scanner'), 'version'),
          created_at: toMoment(textAt(partAt(report, 'info'), 'scanTime')),
        }),
        image: namedImage(
          textAt(metadata, 'pullString'),
          [textAt(metadata, 'digest')],
          textAt(metadata, 'imageId'),
        ),
        vulnerabilities: requiredListAt(result, 'packages').flatMap(item =>
          vulnerabilitiesOf(objectOf(item, 'each of packages')),
        ),
        suppressed: [],
        raw: document,
      },
    };
  },
};

function vulnerabilitiesOf(found: ObjectValue): readonly Vulnerability[] {
  return objectsAt(found, 'vulns').map(item => {
    const cvss = partAt(partAt(item, 'cvssScore'), 'value');
    return plainVulnerability({
      id: requiredText(item, 'name'),
      severity: textAt(partAt(item, 'severity'), 'value'),
      name: textAt(found, 'name'),
      version: textAt(found, 'version'),
      type: textAt(found, 'type'),
      path: textAt(found, 'path'),
      fixed: textAt(item, 'fixedInVersion'),
      score: numberAt(cvss, 'score'),
      vector: textAt(cvss, 'vector'),
    });
  });
}
