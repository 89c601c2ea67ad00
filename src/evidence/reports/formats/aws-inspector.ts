import { earlier, toMoment } from '../../../base/index.ts';
import { isArray, isObject, type ObjectValue, type Value } from '../../../values/index.ts';
import { numberAt, objectOf, objectsAt, partAt, requiredListAt, textAt, textsAt } from '../fields.ts';
import { namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import type { Vulnerability } from '../report.ts';
import type { Format } from './format.ts';
import { plainVulnerability } from './plain-vulnerability.ts';

/** Findings as Amazon Inspector lists them. */
export const awsInspector: Format = {
  title: 'list of findings of Amazon Inspector',
  recognises: document => {
    const findings = isObject(document) ? document.get('findings') : undefined;
    return findings !== undefined && isArray(findings) && findings.every(isFinding);
  },
  read: document => {
    const report = objectOf(document, 'the report');
    const findings = requiredListAt(report, 'findings').map(item => objectOf(item, 'each of findings'));
    const images = findings.map(finding => imagesOf(finding));
    const times = findings.map(finding => toMoment(textAt(finding, 'lastObservedAt')));
    const isOpen = (finding: ObjectValue) => textAt(finding, 'status') !== 'SUPPRESSED';
    return {
      scan: {
        format: 'aws-inspector',
        scanner: 'aws-inspector',
        ...given({ created_at: times.reduce(earlier, undefined), unfit: unfitFor(report, images) }),
        image: namedImage(undefined, images.flat()),
        vulnerabilities: findings.filter(isOpen).flatMap(vulnerabilitiesOf),
        suppressed: findings
          .filter(finding => !isOpen(finding))
          .flatMap(vulnerabilitiesOf)
          .map(found => ({ ...found, suppression: { by: 'report', status: 'SUPPRESSED' } })),
        raw: document,
      },
    };
  },
};

function isFinding(item: Value): boolean {
  return isObject(item) && item.has('findingArn');
}

/** A list may be one of several, and of several images; an empty one says nothing of any. */
function unfitFor(report: ObjectValue, images: readonly (readonly string[])[]): string | undefined {
  if (report.has('nextToken')) return 'it is one list of several';
  return images.length === 0 ? 'it lists nothing, and so names no image' : undefined;
}

function imagesOf(finding: ObjectValue): readonly string[] {
  return objectsAt(finding, 'resources')
    .map(resource => partAt(partAt(resource, 'details'), 'awsEcrContainerImage'))
    .map(image => textAt(image, 'imageHash'))
    .filter(digest => digest !== undefined);
}

/** One for each vulnerable package of the finding. */
function vulnerabilitiesOf(finding: ObjectValue): readonly Vulnerability[] {
  const details = partAt(finding, 'packageVulnerabilityDetails');
  const [cvss] = objectsAt(details, 'cvss');
  const facts = {
    id: textAt(details, 'vulnerabilityId') ?? textAt(finding, 'title') ?? 'unnamed',
    aliases: textsAt(details, 'relatedVulnerabilities'),
    severity: textAt(finding, 'severity'),
    score: cvss && numberAt(cvss, 'baseScore'),
    vector: cvss && textAt(cvss, 'scoringVector'),
    url: textAt(details, 'sourceUrl'),
  };
  const packages = objectsAt(details, 'vulnerablePackages').map(item =>
    plainVulnerability({
      ...facts,
      name: textAt(item, 'name'),
      version: textAt(item, 'version'),
      type: textAt(item, 'packageManager'),
      path: textAt(item, 'filePath'),
      fixed: textAt(item, 'fixedInVersion'),
    }),
  );
  return packages.length > 0 ? packages : [plainVulnerability(facts)];
}
