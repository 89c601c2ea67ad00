import { toDiagnosticJson } from '../base/index.ts';
import {
  type DecideOptions,
  decide,
  holdsNothing,
  type LoadedPolicy,
  momentOf,
  policyExtractors,
} from '../decide/index.ts';
import { createResolver, type EvidenceSettings, type SentEvidence } from '../evidence/index.ts';
import { readSubmission, type Submission, type SubmissionParts } from '../manifests/index.ts';
import { newUlid, OrganisationEvidence } from '../store/index.ts';
import type { Caller } from './deciding/caller.ts';
import type { OpenDecision } from './deciding/open-decision.ts';
import type { Door } from './decision-log/record.ts';
import { databaseOf } from './deps.ts';
import { type ExplainedVerdict, explain } from './explanation.ts';
import { ProblemError } from './problem.ts';
import type { Query } from './requests/query.ts';
import type { Services } from './services.ts';

/** What was sent, to be decided upon and to decide it by. */
export interface Sent {
  readonly submission: SubmissionParts;
  readonly evidence: SentEvidence;
}

/** What of a request says how it is to be decided. */
export interface DecisionCall {
  readonly sent: Sent;
  readonly query: Pick<Query, 'asOf' | 'explain'>;
  readonly door: Door;
}

/**
 * The verdict on one submission, put on record for the caller's organisation. Throws a ProblemError where it
 * cannot be read, or holds nothing that could be decided upon: silence must not look like an allow.
 */
export async function decideSubmission(
  services: Services,
  { policies, caller }: OpenDecision,
  { sent, query, door }: DecisionCall,
): Promise<ExplainedVerdict> {
  const submission = readSubmitted(policies, sent.submission);
  const printed: string[] = [];
  const stored = caller && new OrganisationEvidence(databaseOf(services.deps), caller.principal.org);
  const verdict = await decide(policies, submission, {
    ...(await optionsOf(services, caller, query.asOf, { sent: sent.evidence, ...(stored && { stored }) })),
    ...(caller && { exemptions: caller.exemptions }),
    print: line => printed.push(line),
  });
  services.metrics.verdict(verdict);
  if (caller !== undefined && stored !== undefined) {
    const { settings, principal } = caller;
    services.decisionLog.record({
      ...{ org: principal.org, settings, requester: principal.identity, door, submission, verdict },
      sent: sent.evidence.documents,
      stored: stored.seen,
    });
  }
  return query.explain === true ? explain(policies, verdict, printed) : verdict;
}

function readSubmitted(policies: readonly LoadedPolicy[], parts: SubmissionParts): Submission {
  const extractors = policyExtractors(policies);
  if (typeof extractors === 'string') throw new ProblemError('policy_error', extractors);
  const submission = readSubmission(parts, { extractors });
  refuseProblems(submission);
  if (!holdsNothing(submission)) return submission;
  throw new ProblemError('nothing_to_decide', 'no image and no manifest was found in what was submitted', {
    hint: 'send images, manifests, a dockerfile or a compose file',
  });
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

async function optionsOf(
  { deps, organisationRegistries }: Services,
  caller: Caller | undefined,
  time: string | undefined,
  evidence: Pick<EvidenceSettings, 'sent' | 'stored'>,
): Promise<DecideOptions> {
  const now = deps.now();
  const asOf = momentOf(time === undefined ? now : Date.parse(time));
  const { outside, trustRoots } = deps;
  const registry = await organisationRegistries.settingsFor(caller);
  const settings = { asOf, ...evidence, ...(registry && { registry }), ...(trustRoots && { trustRoots }) };
  return {
    asOf,
    decisionId: newUlid(now),
    clock: deps.clock,
    ...(outside !== undefined && { evidence: createResolver(outside, settings) }),
  };
}
