import { isArray, isObject, type ObjectValue, type Value } from '../../../values/index.ts';
import {
  firstText,
  numberAt,
  objectOf,
  objectsAt,
  partAt,
  requiredListAt,
  requiredText,
  textAt,
  textsAt,
  unreadable,
} from '../fields.ts';
import { namedImage } from '../image-names.ts';
import { given } from '../optional.ts';
import type { Cvss, SuppressedVulnerability, Vulnerability } from '../report.ts';
import { graver, toSeverity } from '../severity.ts';
import type { Format } from './format.ts';

/** What tells a project of Snyk from other documents that have `vulnerabilities`. */
const marks = ['ok', 'dependencyCount', 'packageManager', 'licensesPolicy'];

/**
 * `snyk container test --json` and `snyk test --json`, of one project or a list of them. Each way to a vulnerable
 * package is an entry of its own. It says no time, and the digest only where the image was named by it.
 */
export const snyk: Format = {
  title: 'Snyk report',
  recognises: document =>
    isArray(document) ? document.length > 0 && document.every(isProject) : isProject(document),
  read: document => {
    const tested = isArray(document) ? document : [document];
    const projects = tested.map(project => objectOf(project, 'each project'));
    const all = projects.flatMap(project => [project, ...objectsAt(project, 'applications')]);
    const names = projects.map(project => textAt(project, 'path'));
    return {
      scan: {
        format: 'snyk',
        scanner: 'snyk',
        image: namedImage(names[0], names),
        vulnerabilities: all.flatMap(vulnerabilitiesOf),
        suppressed: all.flatMap(filteredOf),
        raw: document,
      },
    };
  },
};

/** The issues of an organisation as Snyk's REST API lists them. */
export const snykIssues: Format = {
  title: 'list of issues of Snyk',
  recognises: document =>
    isObject(document) &&
    document.has('jsonapi') &&
    objectsOf(document.get('data')).some(item => item.get('type') === 'issue'),
  read: document => {
    const report = objectOf(document, 'the report');
    const issues = objectsAt(report, 'data').map(item => objectOf(item.get('attributes'), 'attributes'));
    const isOpen = (issue: ObjectValue) =>
      issue.get('ignored') !== true && issue.get('status') !== 'resolved';
    return {
      scan: {
        format: 'snyk-issues',
        scanner: 'snyk',
        image: namedImage(undefined),
        vulnerabilities: issues.filter(isOpen).map(ofIssue),
        suppressed: issues
          .filter(issue => !isOpen(issue))
          .map(issue => ({
            ...ofIssue(issue),
            suppression: { by: 'report', ...given({ status: textAt(issue, 'status') }) },
          })),
        unfit: 'it lists the issues of an organisation, not those of one image',
        raw: document,
      },
    };
  },
};

function isProject(document: Value): boolean {
  return isObject(document) && document.has('vulnerabilities')
    ? marks.some(mark => document.has(mark))
    : isObject(document) && document.get('ok') === false && document.has('error');
}

function vulnerabilitiesOf(project: ObjectValue): readonly Vulnerability[] {
  const error = project.get('error');
  if (typeof error === 'string') return unreadable('the test failed');
  return requiredListAt(project, 'vulnerabilities').map(item =>
    vulnerability(objectOf(item, 'each of vulnerabilities')),
  );
}

/** What Snyk left out by its own policy file. */
function filteredOf(project: ObjectValue): readonly SuppressedVulnerability[] {
  const filtered = partAt(project, 'filtered');
  return [...objectsAt(filtered, 'ignore'), ...objectsAt(filtered, 'patch')].map(item => {
    const [rule] = objectsAt(partAt(item, 'filtered'), 'ignored');
    const reason = rule && textAt(rule, 'reason');
    return { ...vulnerability(item), suppression: { by: 'report', ...given({ reason }) } };
  });
}

function vulnerability(item: ObjectValue): Vulnerability {
  const id = requiredText(item, 'id');
  const identifiers = partAt(item, 'identifiers');
  const names = ['CVE', 'GHSA', 'ALTERNATIVE'].flatMap(key => textsAt(identifiers, key));
  const [severity, finer] = [textAt(item, 'severity'), textAt(item, 'severityWithCritical')];
  const version = textAt(item, 'version');
  return {
    id,
    aliases: [...new Set([...names, ...textsAt(item, 'alternativeIds')])].filter(name => name !== id),
    severity: finer === undefined ? toSeverity(severity) : graver(toSeverity(severity), toSeverity(finer)),
    ...given({
      source_severity: finer ?? severity,
      installed_version: version,
      fixed_version: textsAt(item, 'fixedIn').join(', ') || undefined,
      title: textAt(item, 'title'),
    }),
    cvss: cvssOf(item),
    package: given({
      name: firstText(item, 'packageName', 'moduleName', 'name'),
      version,
      type: textAt(item, 'packageManager'),
      purl: textAt(item, 'purl'),
    }),
  };
}

function cvssOf(item: ObjectValue): readonly Cvss[] {
  const [vector, score] = [textAt(item, 'CVSSv3'), numberAt(item, 'cvssScore')];
  const own = vector === undefined && score === undefined ? [] : [given({ source: 'snyk', score, vector })];
  const others = objectsAt(item, 'cvssDetails').map(detail =>
    given({
      source: textAt(detail, 'assigner'),
      score: numberAt(detail, 'cvssV3BaseScore'),
      vector: textAt(detail, 'cvssV3Vector'),
    }),
  );
  return [...own, ...others];
}

function ofIssue(issue: ObjectValue): Vulnerability {
  const severity = textAt(issue, 'effective_severity_level');
  const id = requiredText(issue, 'key');
  const names = objectsAt(issue, 'problems').map(problem => textAt(problem, 'id'));
  return {
    id,
    aliases: names.filter(name => name !== undefined && name !== id) as readonly string[],
    severity: toSeverity(severity),
    ...given({ source_severity: severity, title: textAt(issue, 'title'), status: textAt(issue, 'status') }),
    cvss: [],
    package: {},
  };
}

function objectsOf(value: Value | undefined): readonly ObjectValue[] {
  return value !== undefined && isArray(value) ? value.filter(isObject) : [];
}
