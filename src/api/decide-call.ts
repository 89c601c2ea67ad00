import { momentOf, toDiagnosticJson } from '../base/index.ts';
import {
  type DecideOptions,
  decide,
  holdsNothing,
  type LoadedPolicy,
  policyExtractors,
  type Verdict,
} from '../decide/index.ts';
import {
  createResolver,
  type EvidenceResolver,
  type EvidenceSettings,
  type SentEvidence,
} from '../evidence/index.ts';
import { type Extractor, readSubmission, type Submission, type SubmissionParts } from '../manifests/index.ts';
import { newUlid, OrganisationEvidence } from '../store/index.ts';
import type { Caller } from './deciding/caller.ts';
import type { OpenDecision } from './deciding/open-decision.ts';
import type { Door, VerdictEntry } from './decision-log/record.ts';
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
  /** Leaves nothing on record. */
  readonly dryRun?: boolean;
  /** Why the door lets in what it would not by itself; undefined where there is no such reason. */
  readonly admittedBy?: (verdict: Verdict) => string | undefined;
  /** Takes what is to be on record, in place of the log. */
  readonly record?: (entry: VerdictEntry) => void;
}

/**
 * The verdict on one submission, put on record for the caller's organisation. Throws a ProblemError where it
 * cannot be read, or holds nothing that could be decided upon: silence must not look like an allow.
 */
export async function decideSubmission(
  services: Services,
  { policies, caller }: OpenDecision,
  { sent, query, door, dryRun = false, admittedBy, record }: DecisionCall,
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
  if (caller !== undefined && stored !== undefined && !dryRun) {
    const waiver = admittedBy?.(verdict);
    const { settings, principal } = caller;
    const entry = {
      ...{ org: principal.org, settings, requester: principal.identity, door, submission, verdict },
      sent: sent.evidence.documents,
      stored: stored.seen,
      ...(waiver !== undefined && { admittedBy: waiver }),
    };
    if (record === undefined) services.decisionLog.record(entry);
    else record(entry);
  }
  return query.explain === true ? explain(policies, verdict, printed) : verdict;
}

/** What was submitted, read as the policies would have it; throws a ProblemError where it cannot be. */
export function readSubmitted(policies: readonly LoadedPolicy[], parts: SubmissionParts): Submission {
  const submission = readSubmission(parts, { extractors: extractorsOf(policies) });
  refuseProblems(submission);
  if (!holdsNothing(submission)) return submission;
  throw new ProblemError('nothing_to_decide', 'no image and no manifest was found in what was submitted', {
    hint: 'send images, manifests, a dockerfile or a compose file',
  });
}

/** Where the policies say that images are named; throws a ProblemError where that cannot be read. */
export function extractorsOf(policies: readonly LoadedPolicy[]): readonly Extractor[] {
  const extractors = policyExtractors(policies);
  if (typeof extractors === 'string') throw new ProblemError('policy_error', extractors);
  return extractors;
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
  services: Services,
  caller: Caller | undefined,
  time: string | undefined,
  evidence: SentAndStored,
): Promise<DecideOptions> {
  const now = services.deps.now();
  const asOf = momentOf(time === undefined ? now : Date.parse(time));
  const resolver = await evidenceResolver(services, caller, asOf, evidence);
  return {
    asOf,
    decisionId: newUlid(now),
    clock: services.deps.clock,
    ...(resolver !== undefined && { evidence: resolver }),
  };
}

type SentAndStored = Pick<EvidenceSettings, 'sent' | 'stored'>;

/** Where evidence for a caller comes from; undefined where nothing may be asked. */
export async function evidenceResolver(
  { deps, organisationRegistries }: Services,
  caller: Caller | undefined,
  asOf: bigint = momentOf(deps.now()),
  evidence: SentAndStored = {},
): Promise<EvidenceResolver | undefined> {
  const { outside, trustRoots } = deps;
  if (outside === undefined) return undefined;
  const registry = await organisationRegistries.settingsFor(caller);
  const settings = { asOf, ...evidence, ...(registry && { registry }), ...(trustRoots && { trustRoots }) };
  return createResolver(outside, settings);
}
