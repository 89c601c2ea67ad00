import type { EvidenceSource, Need } from '../builtins/index.ts';
import { type EvidenceNeed, type EvidenceResolver, scopeNeed } from '../evidence/index.ts';
import { evidenceAnswer } from '../images/index.ts';
import { isObject, type Value } from '../values/index.ts';

/** How often a policy is run before what it still needs counts as unavailable. */
export const MAX_ROUNDS = 4;

/** The answer to a need that nobody could answer. */
const unavailable: Value = evidenceAnswer('unavailable', { reason: 'no evidence source answered' });

/** A policy as the rounds run it. */
export interface PolicyRuns<Result> {
  readonly run: (evidence: RoundEvidence) => Result;
  /** Patterns of the hosts that the policy may reach. */
  readonly hosts: readonly string[];
}

/** What was asked in vain, and why. */
export interface VainNeed {
  readonly need: Need;
  readonly reason?: string;
}

/** The evidence of one run of one policy. */
export class RoundEvidence implements EvidenceSource {
  private readonly answers: ReadonlyMap<string, Value>;
  private readonly hosts: readonly string[];
  private readonly last: boolean;
  /** What was asked and has no answer yet. */
  readonly needs = new Map<string, EvidenceNeed>();
  /** What was asked and could not be had. */
  readonly vain = new Map<string, VainNeed>();

  /** In the last round a need without an answer is answered as unavailable. */
  constructor(answers: ReadonlyMap<string, Value>, hosts: readonly string[], last: boolean) {
    this.answers = answers;
    this.hosts = hosts;
    this.last = last;
  }

  ask(asked: Need): Value | undefined {
    const need = scopeNeed(asked, this.hosts);
    const answer = this.answers.get(need.key) ?? (this.last ? unavailable : undefined);
    if (answer === undefined) this.needs.set(need.key, need);
    else if (isUnavailable(answer)) this.vain.set(need.key, { need, ...reasonOf(answer) });
    return answer;
  }
}

/** By its status; what a policy asks that is no evidence of an image, such as a response, has another or none. */
function isUnavailable(answer: Value): boolean {
  return isObject(answer) && answer.get('status') === 'unavailable';
}

/** Nobody answered: that says no more than that there is no answer. */
function reasonOf(answer: Value): { readonly reason?: string } {
  const reason = isObject(answer) && answer !== unavailable ? answer.get('reason') : undefined;
  return typeof reason === 'string' ? { reason } : {};
}

/**
 * Runs all until none needs anything, at most MAX_ROUNDS times; only those that asked for something run
 * again. The needs of a round are resolved together. What nobody can answer, or what is asked for the
 * first time in the last round, is answered as unavailable.
 */
export async function runRounds<Result>(
  policies: readonly PolicyRuns<Result>[],
  resolver: EvidenceResolver | undefined,
): Promise<{ readonly results: readonly Result[]; readonly rounds: number }> {
  const answers = new Map<string, Value>();
  const runs: { readonly result: Result; readonly evidence: RoundEvidence }[] = [];
  for (let round = 1; ; round++) {
    policies.forEach((policy, i) => {
      if (runs[i] !== undefined && runs[i].evidence.needs.size === 0) return;
      const evidence = new RoundEvidence(answers, policy.hosts, round === MAX_ROUNDS);
      runs[i] = { result: policy.run(evidence), evidence };
    });
    const needs = new Map(runs.flatMap(run => [...run.evidence.needs]));
    if (needs.size === 0) return { results: runs.map(run => run.result), rounds: round };
    const resolved = await resolveAll(resolver, [...needs.values()]);
    for (const key of needs.keys()) answers.set(key, resolved.get(key) ?? unavailable);
  }
}

/** A resolver that fails has answered nothing. */
async function resolveAll(resolver: EvidenceResolver | undefined, needs: readonly EvidenceNeed[]) {
  try {
    return (await resolver?.resolve(needs)) ?? new Map<string, Value>();
  } catch {
    return new Map<string, Value>();
  }
}
