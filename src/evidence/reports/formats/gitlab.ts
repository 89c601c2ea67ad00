import { toMoment } from '../../../base/index.ts';
import { isObject, type ObjectValue } from '../../../values/index.ts';
import { objectOf, objectsAt, partAt, requiredListAt, requiredText, textAt } from '../fields.ts';
import { namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import type { Format } from './format.ts';
import { plainVulnerability } from './plain-vulnerability.ts';

/** `gl-container-scanning-report.json` of GitLab CI. */
export const gitlab: Format = {
  title: 'GitLab report',
  recognises: document =>
    isObject(document) &&
    document.has('version') &&
    document.has('vulnerabilities') &&
    (document.has('scan') || document.has('remediations')),
  read: document => {
    const report = objectOf(document, 'the report');
    const scan = partAt(report, 'scan');
    const scanner = partAt(scan, 'scanner');
    const items = requiredListAt(report, 'vulnerabilities').map(item =>
      objectOf(item, 'each of vulnerabilities'),
    );
    const images = items.map(item => textAt(partAt(item, 'location'), 'image'));
    const [name] = images.filter(image => image !== undefined);
    const kind = textAt(scan, 'type') ?? 'container_scanning';
    return {
      scan: {
        format: 'gitlab',
        scanner: (textAt(scanner, 'name') ?? 'gitlab').toLowerCase(),
        ...given({
          scanner_version: textAt(scanner, 'version'),
          created_at: toMoment(textAt(scan, 'start_time')),
          unfit: unfitFor(kind, textAt(scan, 'status')),
        }),
        image: namedImage(name, [...new Set(images)]),
        vulnerabilities: items.map(vulnerability),
        suppressed: [],
        raw: document,
      },
    };
  },
};

function unfitFor(kind: string, status: string | undefined): string | undefined {
  if (kind !== 'container_scanning' && kind !== 'dependency_scanning') return 'it is of no scan of packages';
  return status === 'failure' ? 'the scan did not succeed' : undefined;
}

/** The id is a hash of GitLab's where an identifier of the advisory is there too. */
function vulnerability(item: ObjectValue) {
  const identifiers = objectsAt(item, 'identifiers');
  const names = identifiers.map(each => textAt(each, 'value') ?? textAt(each, 'name'));
  const known = names.filter(name => name !== undefined && !name.startsWith('CWE-')) as readonly string[];
  const location = partAt(item, 'location');
  const dependency = partAt(location, 'dependency');
  return plainVulnerability({
    id: known[0] ?? requiredText(item, 'id'),
    aliases: known,
    severity: textAt(item, 'severity'),
    name: textAt(partAt(dependency, 'package'), 'name'),
    version: textAt(dependency, 'version'),
    type: textAt(location, 'operating_system'),
    url: identifiers.map(each => textAt(each, 'url'))[0],
  });
}
