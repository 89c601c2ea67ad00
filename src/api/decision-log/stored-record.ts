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

/** All that is kept of a decision: verdict and evidence, or path and result; input, and what of it was masked. */
export function recordOf(stored: StoredDecision) {
  return { ...summaryOf(stored), ...bodyOf(stored) };
}

type Body = (VerdictBody | DocumentBody) & { readonly input?: Json; readonly masked: readonly string[] };

interface VerdictBody {
  readonly verdict: JsonObject;
  readonly evidence: Json;
  readonly admitted_by?: string;
}

/** Of a document that OPA's Data API was asked for. */
interface DocumentBody {
  /** A text where the organisation masks it. */
  readonly path: readonly string[] | string;
  readonly result?: Json;
}

/** Written by `toRecord`. */
export function bodyOf({ body }: StoredDecision): Body {
  return JSON.parse(body) as Body;
}
