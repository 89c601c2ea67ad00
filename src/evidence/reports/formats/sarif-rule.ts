import type { ObjectValue } from '../../../values/index.ts';
import { numberAt, partAt, textAt, textsAt } from '../fields.ts';
import { given } from '../optional.ts';
import type { Vulnerability } from '../report.ts';
import { severityOfScore, toSeverity } from '../severity.ts';

const ADVISORY_ID = /^(?:CVE|GHSA)-/;
const ADVISORY = /\b(?:CVE-\d{4}-\d{4,19}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3})\b/g;

/** Characters of a message or a help text that are looked at. */
const LENGTH = 4_000;

/**
 * The vulnerability that a SARIF result and its rule describe. Trivy writes the facts as lines into the message,
 * Grype into the help of the rule, Snyk as a sentence; a line of another name is not looked at. Of a rating in
 * words and a score, the words count, for they are the scanner's own.
 */
export function ruleVulnerability(result: ObjectValue, rule: ObjectValue): Vulnerability {
  const facts = factsOf(textAt(partAt(rule, 'help'), 'text'), textAt(partAt(result, 'message'), 'text'));
  const properties = partAt(rule, 'properties');
  const rated = facts.get('Severity') ?? sentenceSeverity(rule) ?? tagSeverity(properties);
  const score = numberAt(properties, 'security-severity');
  const ruleId = textAt(result, 'ruleId') ?? textAt(rule, 'id') ?? 'unnamed';
  const id = facts.get('Vulnerability') ?? ruleId;
  const installed = facts.get('Installed Version') ?? facts.get('Version');
  return {
    id,
    aliases: aliasesOf(id, rule),
    severity: rated === undefined ? severityOfScore(score) : toSeverity(rated),
    ...given({
      source_severity: rated,
      installed_version: installed,
      fixed_version: facts.get('Fixed Version') ?? facts.get('Fix Version'),
      title: textAt(partAt(rule, 'shortDescription'), 'text'),
      url: textAt(rule, 'helpUri'),
    }),
    cvss: score === undefined ? [] : [given({ score, vector: textAt(properties, 'cvssv3_vector') })],
    package: given({
      name: facts.get('Package') ?? packageInSentence(rule),
      version: installed,
      type: facts.get('Type'),
      purl: textsAt(properties, 'purls')[0],
    }),
  };
}

const facts: ReadonlySet<string> = new Set([
  'Severity',
  'Package',
  'Version',
  'Installed Version',
  'Fixed Version',
  'Fix Version',
  'Type',
]);

/** Lines such as `Package: openssl`, and `Vulnerability CVE-…`; of two, the later text has the say. */
function factsOf(...texts: readonly (string | undefined)[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const text of texts)
    for (const line of (text ?? '').slice(0, LENGTH).split('\n')) {
      const colon = line.indexOf(': ');
      const value = line.slice(colon + 2).trim();
      if (colon > 0 && value !== '' && facts.has(line.slice(0, colon)))
        found.set(line.slice(0, colon), value);
      const named = /^Vulnerability ([\w:.-]{1,100})$/.exec(line.trim());
      if (named) found.set('Vulnerability', named[1]!);
    }
  return found;
}

/** `High severity - Buffer Overflow vulnerability in glibc`. */
function sentenceSeverity(rule: ObjectValue): string | undefined {
  const text = textAt(partAt(rule, 'shortDescription'), 'text') ?? '';
  return /^(critical|high|medium|low) severity\b/i.exec(text)?.[1];
}

function packageInSentence(rule: ObjectValue): string | undefined {
  const text = (textAt(partAt(rule, 'shortDescription'), 'text') ?? '').slice(0, LENGTH);
  const at = text.lastIndexOf(' vulnerability in ');
  return at === -1 ? undefined : text.slice(at + ' vulnerability in '.length);
}

function tagSeverity(properties: ObjectValue): string | undefined {
  return textsAt(properties, 'tags').find(tag => toSeverity(tag) !== 'unknown');
}

/**
 * The advisory that a rule of another name is about: in its id, or in brackets at the start of its description.
 * One that is only mentioned is not taken for it.
 */
function aliasesOf(id: string, rule: ObjectValue): readonly string[] {
  if (ADVISORY_ID.test(id)) return [];
  const description = textAt(partAt(rule, 'fullDescription'), 'text') ?? '';
  const texts = [
    (textAt(rule, 'id') ?? '').slice(0, LENGTH),
    /^\([^)]{1,200}\)/.exec(description)?.[0] ?? '',
  ];
  const found = texts.flatMap(text => text.match(ADVISORY) ?? []);
  return [...new Set(found)].filter(name => name !== id);
}
