import type { Json } from '../../values/index.ts';
import { sha256 } from '../digest.ts';
import type { Location, PolicyPlace, Verdict, VerdictError, Violation } from '../verdict.ts';
import { writeJson } from './json.ts';
import { sarifFixes } from './sarif-fix.ts';
import { flatViolations, justification, objectPlace, occurrences, sentence } from './wording.ts';

/**
 * SARIF 2.1.0: a rule for each rule that was violated, a result for each place, exempted ones as
 * suppressed. Fingerprints leave line numbers out, so that an edit above an image makes no new result.
 */
export function formatSarif(verdict: Verdict): string {
  const violations = [...verdict.images.flatMap(image => image.violations), ...flatViolations(verdict)];
  const rules = [...Map.groupBy(violations, violation => violation.rule).values()].map(group => group[0]!);
  const ruleIndexes = new Map(rules.map((violation, index) => [violation.rule, index]));
  const seen = new Map<string, number>();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        columnKind: 'unicodeCodePoints',
        tool: { driver: { name: 'pratique', rules: rules.map(toRule) } },
        invocations: [
          {
            executionSuccessful: verdict.errors.length === 0,
            toolExecutionNotifications: verdict.errors.map(toNotification),
          },
        ],
        results: occurrences(violations).map(({ violation, location }) => ({
          ruleId: violation.rule,
          ruleIndex: ruleIndexes.get(violation.rule)!,
          ...toResult(violation, location, seen),
        })),
        properties: {
          decision: verdict.decision,
          as_of: verdict.as_of,
          policy: verdict.policy,
          summary: verdict.summary,
        },
      },
    ],
  };
  return writeJson(log);
}

function toRule({ rule, title, severity }: Violation) {
  return {
    id: rule,
    shortDescription: { text: title ?? rule },
    defaultConfiguration: { level: severity },
  };
}

function toResult(violation: Violation, location: Location | undefined, seen: Map<string, number>) {
  const { image, message, severity, exempted, source, indeterminate, details, fix } = violation;
  const physical = location?.file === undefined ? policyLocation(source) : imageLocation(location);
  const logical = logicalLocation(image, location);
  const properties: Record<string, Json> = {
    indeterminate,
    ...(image !== undefined && { image }),
    ...(details !== undefined && { details }),
  };
  return {
    level: severity,
    message: { text: image === undefined ? sentence(violation) : `${image}: ${sentence(violation)}` },
    locations: [{ ...physical, ...logical }],
    ...(source !== undefined && {
      relatedLocations: [{ id: 1, message: { text: 'the rule' }, ...policyLocation(source) }],
    }),
    ...(fix && image !== undefined && location && sarifFixes(fix, image, location, toUri)),
    partialFingerprints: { 'pratique/v1': fingerprint(violation, location, message, seen) },
    ...(exempted !== null && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: justification(exempted),
        },
      ],
    }),
    properties,
  };
}

/** Those that are alike but for their line are told apart by number. */
function fingerprint(
  { rule, image }: Violation,
  location: Location | undefined,
  message: string,
  seen: Map<string, number>,
): string {
  const { file, object, container, container_type: type } = location ?? {};
  const content = JSON.stringify([rule, image, message, file, object, container, type]);
  const count = seen.get(content) ?? 0;
  seen.set(content, count + 1);
  return sha256(`${content}${count}`);
}

function imageLocation({ file, line }: Location) {
  return {
    physicalLocation: {
      artifactLocation: { uri: toUri(file!) },
      ...(line !== undefined && { region: { startLine: line } }),
    },
  };
}

function policyLocation(source: PolicyPlace | undefined) {
  if (source === undefined) return {};
  return {
    physicalLocation: {
      artifactLocation: { uri: toUri(source.file) },
      region: { startLine: source.line, startColumn: source.column },
    },
  };
}

function logicalLocation(image: string | undefined, location: Location | undefined) {
  const name = location === undefined ? '' : objectPlace(location);
  const logical = [name, image].filter(text => text !== undefined && text !== '');
  return logical.length === 0
    ? {}
    : { logicalLocations: logical.map(fullyQualifiedName => ({ fullyQualifiedName })) };
}

function toNotification({ code, message, source }: VerdictError) {
  return {
    level: 'error',
    message: { text: message },
    descriptor: { id: code },
    ...(source !== undefined && { locations: [policyLocation(source)] }),
  };
}

/** A relative reference, or a file URI of an absolute path; each segment percent-encoded. */
function toUri(path: string): string {
  const segments = path.replaceAll('\\', '/').toWellFormed().split('/').map(encodeURIComponent).join('/');
  return segments.startsWith('/') ? `file://${segments}` : segments;
}
