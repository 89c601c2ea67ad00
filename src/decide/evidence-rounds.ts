import type { EvidenceSource, Need } from '../builtins/index.ts';
import { evidenceAnswer } from '../images/index.ts';
import type { Value } from '../values/index.ts';
import type { Evidence } from './verdict.ts';

/** Answers what policies need from outside. */
export interface EvidenceResolver {
  /**
   * The answers by the key of the need. A look-up that failed has an answer that says so; a need
   * without one counts as unavailable.
   */
  resolve(needs: readonly Need[]): Promise<ReadonlyMap<string, Value>>;
  /** What was seen of an image, for the verdict. */
  seen?(ref: string): readonly Evidence[];
}

/** How often a policy is run before what it still needs counts as unavailable. */
export const MAX_ROUNDS = 4;

/** The answer to a need that nobody could answer. */
const unavailable: Value = evidenceAnswer('unavailable', { reason: 'no evidence source answered' });

/** The evidence of one run of one policy. */
export class RoundEvidence implements EvidenceSource {
  private readonly answers: ReadonlyMap<string, Value>;
  private readonly last: boolean;
  /** What was asked and has no answer yet. */
  readonly needs = new Map<string, Need>();
  /** What was asked and will have no answer. */
  readonly vain = new Map<string, Need>();

  /** In the last round a need without an answer is answered as unavailable. */
  constructor(answers: ReadonlyMap<string, Value>, last: boolean) {
    this.answers = answers;
    this.last = last;
  }

  ask(need: Need): Value | undefined {
    const answer = this.answers.get(need.key);
    if (answer === undefined && !this.last) {
      this.needs.set(need.key, need);
      return undefined;
    }
    if (answer !== undefined && answer !== unavailable) return answer;
    this.vain.set(need.key, need);
    return unavailable;
  }
}

/**
 * Runs all until none needs anything, at most MAX_ROUNDS times; only those that asked for something run
 * again. The needs of a round are resolved together. What nobody can answer, or what is asked for the
 * first time in the last round, is answered as unavailable.
 */
export async function runRounds<Result>(
  policies: readonly ((evidence: RoundEvidence) => Result)[],
  resolver: EvidenceResolver | undefined,
): Promise<{ readonly results: readonly Result[]; readonly rounds: number }> {
  const answers = new Map<string, Value>();
  const runs: { readonly result: Result; readonly evidence: RoundEvidence }[] = [];
  for (let round = 1; ; round++) {
    policies.forEach((policy, i) => {
      if (runs[i] !== undefined && runs[i].evidence.needs.size === 0) return;
      const evidence = new RoundEvidence(answers, round === MAX_ROUNDS);
      runs[i] = { result: policy(evidence), evidence };
    });
    const needs = new Map(runs.flatMap(run => [...run.evidence.needs]));
    if (needs.size === 0) return { results: runs.map(run => run.result), rounds: round };
    const resolved = await resolveAll(resolver, [...needs.values()]);
    for (const key of needs.keys()) answers.set(key, resolved.get(key) ?? unavailable);
  }
}

/** A resolver that fails has answered nothing. */
async function resolveAll(resolver: EvidenceResolver | undefined, needs: readonly Need[]) {
  try {
    return (await resolver?.resolve(needs)) ?? new Map<string, Value>();
  } catch {
    return new Map<string, Value>();
  }
}
