import { isArray, isObject, type ObjectValue } from '../../../values/index.ts';
import { objectOf, objectsAt, partAt, requiredText, textAt, textsAt } from '../fields.ts';
import { namedImage } from '../image-names.ts';
import type { Vulnerability } from '../report.ts';
import { severityOfScore } from '../severity.ts';
import type { Format } from './format.ts';
import { plainVulnerability } from './plain-vulnerability.ts';

/** `osv-scanner --format json`. It names neither image nor time. */
export const osvScanner: Format = {
  title: 'OSV-Scanner report',
  recognises: document => {
    const results = isObject(document) ? document.get('results') : undefined;
    return (
      results !== undefined &&
      isArray(results) &&
      ((document as ObjectValue).has('experimental_config') ||
        (results.length > 0 &&
          results.every(item => isObject(item) && item.has('packages') && item.has('source'))))
    );
  },
  read: document => ({
    scan: {
      format: 'osv-scanner',
      scanner: 'osv-scanner',
      image: namedImage(undefined),
      vulnerabilities: objectsAt(objectOf(document, 'the report'), 'results')
        .flatMap(result => objectsAt(result, 'packages'))
        .flatMap(vulnerabilitiesOf),
      suppressed: [],
      raw: document,
    },
  }),
};

/** Where no database rates an advisory, the score of the group that it is in does. */
function vulnerabilitiesOf(found: ObjectValue): readonly Vulnerability[] {
  const named = partAt(found, 'package');
  const scores = new Map<string, string>();
  for (const group of objectsAt(found, 'groups')) {
    const score = textAt(group, 'max_severity');
    if (score !== undefined) for (const id of textsAt(group, 'ids')) scores.set(id, score);
  }
  return objectsAt(found, 'vulnerabilities').map(item => {
    const id = requiredText(item, 'id');
    const rated = textAt(partAt(item, 'database_specific'), 'severity');
    const score = scores.has(id) ? Number(scores.get(id)) : undefined;
    const vulnerability = plainVulnerability({
      id,
      aliases: textsAt(item, 'aliases'),
      severity: rated,
      name: textAt(named, 'name'),
      version: textAt(named, 'version'),
      type: textAt(named, 'ecosystem'),
      score: score !== undefined && Number.isFinite(score) ? score : undefined,
      vector: objectsAt(item, 'severity').map(each => textAt(each, 'score'))[0],
    });
    return rated === undefined ? { ...vulnerability, severity: severityOfScore(score) } : vulnerability;
  });
}
