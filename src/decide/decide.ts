import type { BudgetLimits } from '../base/index.ts';
import { writeMoment } from '../base/index.ts';
import type { EvidenceResolver } from '../evidence/index.ts';
import type { Image } from '../images/index.ts';
import type { Submission } from '../manifests/index.ts';
import { evaluatePolicy, type PolicyResult } from './evaluate-policy.ts';
import { type RoundEvidence, runRounds } from './evidence-rounds.ts';
import type { ExemptionObject } from './exemption-object.ts';
import { atImage, type Finding } from './finding.ts';
import { byRule, decisionOf, imageVerdicts, mergeViolations } from './grouping.ts';
import type { LoadedPolicy } from './policy.ts';
import { Subject } from './subject.ts';
import type {
  Decision,
  ImageVerdict,
  Summary,
  Unchecked,
  Verdict,
  VerdictError,
  Violation,
} from './verdict.ts';

export interface DecideOptions {
  /** The time that policies see and exemptions are measured by: nanoseconds since 1970. */
  readonly asOf: bigint;
  readonly decisionId: string;
  /** Microseconds, from any beginning. */
  readonly clock: () => number;
  /** For each run of each policy. */
  readonly budget?: BudgetLimits;
  readonly evidence?: EvidenceResolver;
  /** Takes what policies print. */
  readonly print?: (line: string) => void;
  /**
   * Those of the caller's organisation that hold at the real time. Each counts only where it holds at `asOf`
   * too: who chooses the time must not bring back what has ended.
   */
  readonly exemptions?: readonly ExemptionObject[];
}

/**
 * The verdict of all the policies on all the images. Denied is what any policy denies, and every
 * reference that is not valid. `indeterminate` where a rule could not be decided, an evaluation
 * failed, nothing could be read, or there is no policy: only what all policies let pass is allowed.
 * The same but for id and cost whenever policies, submission, evidence, exemptions and `asOf` are the same.
 */
export async function decide(
  policies: readonly LoadedPolicy[],
  submission: Submission,
  options: DecideOptions,
): Promise<Verdict> {
  const started = options.clock();
  const refused = refusal(policies, submission);
  const subject = new Subject(submission);
  const runs = (refused.length > 0 ? [] : policies).map(policy => ({
    run: (evidence: RoundEvidence) => evaluatePolicy(policy, subject, options, evidence),
    hosts: policy.hosts ?? [],
  }));
  const { results, rounds } = await runRounds(runs, options.evidence);
  const findings = [...invalidReferences(subject), ...results.flatMap(result => result.findings)];
  const errors = [...refused, ...results.flatMap(result => result.errors)];
  const images = imageVerdicts(
    submission.images,
    findings,
    errors.length > 0,
    name => options.evidence?.seen?.(name) ?? [],
  );
  const violations = allViolations(images, findings);
  const seen = options.evidence?.seen?.() ?? [];
  return {
    decision_id: options.decisionId,
    decision: decisionOf(violations, errors.length > 0),
    as_of: writeMoment(options.asOf),
    policy: policies.map(policy => policy.identity),
    summary: summarise(images, violations),
    images,
    violations,
    unchecked: unchecked(submission, results),
    ...(seen.length > 0 && { evidence: seen }),
    errors,
    cost: { ...costOf(results), rounds, evaluate_us: Math.round(options.clock() - started) },
  };
}

/** Why nothing is evaluated at all. */
function refusal(policies: readonly LoadedPolicy[], submission: Submission): readonly VerdictError[] {
  const problems = submission.problems
    .filter(problem => problem.severity === 'error')
    .map(({ code, message, source, span }) => ({
      code,
      message,
      source: { file: source.path, ...source.position(span.start) },
    }));
  if (policies.length > 0) return problems;
  return [{ code: 'policy_error', message: 'there is no policy to decide by' }, ...problems];
}

/** A reference that cannot be read is denied whatever policies say. */
function invalidReferences(subject: Subject): readonly Finding[] {
  return subject.images.flatMap(({ invalid }, index) => {
    if (invalid === undefined) return [];
    const violation: Violation = {
      rule: 'pratique.reference',
      severity: 'error',
      indeterminate: false,
      message: `image reference is not valid: ${invalid}`,
      exempted: null,
    };
    return [{ violation: atImage(violation, subject, index), image: index }];
  });
}

/** By rule; within a rule those of the images in their order, then those of no image. */
function allViolations(images: readonly ImageVerdict[], findings: readonly Finding[]): readonly Violation[] {
  const flat = mergeViolations(findings.filter(finding => finding.image === undefined));
  return [...images.flatMap(image => image.violations), ...flat].sort(byRule);
}

function summarise(images: readonly ImageVerdict[], violations: readonly Violation[]): Summary {
  const count = (decision: Decision) => images.filter(image => image.decision === decision).length;
  const standing = violations.filter(violation => violation.exempted === null);
  return {
    images: images.length,
    allowed: count('allow'),
    denied: count('deny'),
    indeterminate: count('indeterminate'),
    warnings: standing.filter(violation => violation.severity === 'warning').length,
    exempted: violations.length - standing.length,
  };
}

/** What no extractor read, then the images that no rule looked at. */
function unchecked(submission: Submission, results: readonly PolicyResult[]): readonly Unchecked[] {
  const fields = submission.unchecked.map(field => ({ kind: 'field' as const, ...field }));
  const images = submission.images.filter((_, index) => !results.some(result => result.looked.has(index)));
  return [...fields, ...images.map(uncheckedImage)];
}

function uncheckedImage({ ref, file, line, path }: Image): Unchecked {
  return {
    kind: 'image',
    value: ref,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(path !== undefined && { path }),
    reason: 'no rule looked at it',
  };
}

function costOf(results: readonly PolicyResult[]) {
  return {
    rules: results.reduce((sum, result) => sum + result.rules, 0),
    steps: results.reduce((sum, result) => sum + result.steps, 0),
  };
}
