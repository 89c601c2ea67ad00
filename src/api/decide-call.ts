import { toDiagnosticJson } from '../base/index.ts';
import {
  type DecideOptions,
  decide,
  holdsNothing,
  type LoadedPolicy,
  policyExtractors,
} from '../decide/index.ts';
import { createResolver, type SentEvidence } from '../evidence/index.ts';
import { readSubmission, type Submission, type SubmissionParts } from '../manifests/index.ts';
import { newUlid } from '../store/index.ts';

import type { AppDeps } from './deps.ts';
import { type ExplainedVerdict, explain } from './explanation.ts';
import { ProblemError } from './problem.ts';
import type { Query } from './requests/query.ts';

/** What was sent, to be decided upon and to decide it by. */
export interface Sent {
  readonly submission: SubmissionParts;
  readonly evidence: SentEvidence;
}

/**
 * The verdict on one submission. Throws a ProblemError where it cannot be read, or holds nothing that
 * could be decided upon: silence must not look like an allow.
 */
export async function decideSubmission(
  deps: AppDeps,
  policies: readonly LoadedPolicy[],
  { submission: parts, evidence }: Sent,
  query: Pick<Query, 'asOf' | 'explain'>,
): Promise<ExplainedVerdict> {
  const extractors = policyExtractors(policies);
  if (typeof extractors === 'string') throw new ProblemError('policy_error', extractors);
  const submission = readSubmission(parts, { extractors });
  refuseProblems(submission);
  if (holdsNothing(submission)) {
    throw new ProblemError('nothing_to_decide', 'no image and no manifest was found in what was submitted', {
      hint: 'send images, manifests, a dockerfile or a compose file',
    });
  }
  const printed: string[] = [];
  const options = optionsOf(deps, query.asOf, evidence);
  const verdict = await decide(policies, submission, { ...options, print: line => printed.push(line) });
  return query.explain === true ? explain(policies, verdict, printed) : verdict;
}

function refuseProblems(submission: Submission): void {
  const errors = submission.problems.filter(problem => problem.severity === 'error');
  const first = errors[0];
  if (first === undefined) return;
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : '';
  const { line } = first.source.position(first.span.start);
  throw new ProblemError(
    first.code === 'limit_error' ? 'limit_exceeded' : 'submission_error',
    `${first.source.path}, line ${line}: ${first.message}${more}`,
    { diagnostics: submission.problems.map(toDiagnosticJson) },
  );
}

function optionsOf(deps: AppDeps, time: string | undefined, sent: SentEvidence): DecideOptions {
  const now = deps.now();
  const milliseconds = time === undefined ? now : Date.parse(time);
  const asOf = BigInt(Math.trunc(milliseconds)) * 1_000_000n;
  const { outside, registry, trustRoots } = deps;
  const settings = { asOf, sent, ...(registry && { registry }), ...(trustRoots && { trustRoots }) };
  return {
    asOf,
    decisionId: newUlid(now),
    clock: deps.clock,
    ...(outside !== undefined && { evidence: createResolver(outside, settings) }),
  };
}
