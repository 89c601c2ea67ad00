import type { DecisionSummary, StoredDecision } from '../../store/index.ts';
import type { Json, JsonObject } from '../../values/index.ts';
import { toTime } from '../time.ts';

/** What is said of a decision in a list. */
export function summaryOf(decision: DecisionSummary) {
  const { id, at, door, requester, policies, inputDigest, expiresAt } = decision;
  return {
    id,
    at: toTime(at),
    door,
    requester,
    decision: decision.decision,
    policy: policies,
    input_digest: inputDigest,
    expires_at: toTime(expiresAt),
  };
}

/** All that is kept of a decision: verdict, evidence, input, and what of it was masked. */
export function recordOf(stored: StoredDecision) {
  return { ...summaryOf(stored), ...bodyOf(stored) };
}

interface Body {
  readonly verdict: JsonObject;
  readonly evidence: Json;
  readonly admitted_by?: string;
  readonly input?: Json;
  readonly masked: readonly string[];
}

/** Written by `toRecord`. */
export function bodyOf({ body }: StoredDecision): Body {
  return JSON.parse(body) as Body;
}
