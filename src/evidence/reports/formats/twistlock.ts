import { earlier, toMoment } from '../../../base/index.ts';
import { isArray, isObject, type ObjectValue, type Value } from '../../../values/index.ts';
import { numberAt, objectOf, objectsAt, requiredText, textAt } from '../fields.ts';
import { namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import type { Format } from './format.ts';
import { plainVulnerability } from './plain-vulnerability.ts';

/** `twistcli images scan --output-file`, of Prisma Cloud. */
export const twistlock: Format = {
  title: 'twistcli report',
  recognises: document => {
    const results = isObject(document) ? document.get('results') : undefined;
    return results !== undefined && isArray(results) && results.length > 0 && results.every(isResult);
  },
  read: document => {
    const results = objectsAt(objectOf(document, 'the report'), 'results');
    const [first] = results;
    return {
      scan: {
        format: 'twistlock',
        scanner: 'twistlock',
        ...given({
          created_at: results.map(result => toMoment(textAt(result, 'scanTime'))).reduce(earlier, undefined),
          unfit: results.length > 1 ? 'it is of several images' : undefined,
        }),
        image: namedImage(
          textAt(first!, 'name'),
          results.map(result => textAt(result, 'digest')),
          textAt(first!, 'id'),
        ),
        vulnerabilities: results.flatMap(result => objectsAt(result, 'vulnerabilities').map(vulnerability)),
        suppressed: [],
        raw: document,
      },
    };
  },
};

function isResult(item: Value): boolean {
  return isObject(item) && (item.has('vulnerabilityDistribution') || item.has('complianceDistribution'));
}

function vulnerability(item: ObjectValue) {
  return plainVulnerability({
    id: requiredText(item, 'id'),
    severity: textAt(item, 'severity'),
    name: textAt(item, 'packageName'),
    version: textAt(item, 'packageVersion'),
    fixed: /^fixed in (.+)$/.exec(textAt(item, 'status') ?? '')?.[1],
    score: numberAt(item, 'cvss'),
    vector: textAt(item, 'vector'),
    url: textAt(item, 'link'),
  });
}
