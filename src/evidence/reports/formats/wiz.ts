import { toMoment } from '../../../base/index.ts';
import { isObject, type ObjectValue } from '../../../values/index.ts';
import { numberAt, objectOf, objectsAt, partAt, requiredText, textAt } from '../fields.ts';
import { namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import type { Vulnerability } from '../report.ts';
import type { Format } from './format.ts';
import { plainVulnerability } from './plain-vulnerability.ts';

/** Where `wizcli` lists what has vulnerabilities. */
const lists = ['osPackages', 'libraries', 'applications', 'cpes'] as const;

/** `wizcli docker scan --output json`. */
export const wiz: Format = {
  title: 'wizcli report',
  recognises: document => {
    const result = isObject(document) ? document.get('result') : undefined;
    return result !== undefined && isObject(result) && result.has('osPackages') && result.has('libraries');
  },
  read: document => {
    const report = objectOf(document, 'the report');
    const origin = partAt(report, 'scanOriginResource');
    const result = partAt(report, 'result');
    return {
      scan: {
        format: 'wiz',
        scanner: 'wiz',
        ...given({ created_at: toMoment(textAt(report, 'createdAt')) }),
        image: namedImage(textAt(origin, 'name'), [textAt(origin, 'digest')], textAt(origin, 'id')),
        vulnerabilities: lists.flatMap(key => objectsAt(result, key).flatMap(vulnerabilitiesOf)),
        suppressed: [],
        raw: document,
      },
    };
  },
};

function vulnerabilitiesOf(found: ObjectValue): readonly Vulnerability[] {
  return objectsAt(found, 'vulnerabilities').map(item =>
    plainVulnerability({
      id: requiredText(item, 'name'),
      severity: textAt(item, 'severity'),
      name: textAt(found, 'name'),
      version: textAt(found, 'version'),
      path: textAt(found, 'path'),
      fixed: textAt(item, 'fixedVersion'),
      score: numberAt(item, 'score'),
      url: textAt(item, 'source'),
    }),
  );
}
