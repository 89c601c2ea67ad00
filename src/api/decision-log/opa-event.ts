import type { StoredDecision } from '../../store/index.ts';
import { toTime } from '../time.ts';
import { bodyOf } from './stored-record.ts';

/**
 * A decision as an event of OPA's decision log (the Decision Logs API of its management documents), for what
 * reads those. `bundles` are the policies with their digests as revisions, `path` is the policy by which was
 * decided and `result` the verdict, unless a document was asked for; values that are not kept are replaced, so they are `masked`, not `erased`.
 */
export function toOpaEvent(stored: StoredDecision, version: string) {
  const { org, id, at, door, requester, policies, inputDigest } = stored;
  const body = bodyOf(stored);
  const { input, masked } = body;
  return {
    labels: { app: 'pratique', id: org, version },
    decision_id: id,
    bundles: Object.fromEntries(policies.map(({ name, digest }) => [name, { revision: digest }])),
    path: 'path' in body ? [body.path].flat().join('/') : policies.map(({ name }) => name).join(','),
    ...(input !== undefined && { input }),
    ...('path' in body ? body.result !== undefined && { result: body.result } : { result: body.verdict }),
    ...(masked.length > 0 && { masked: masked.map(inResult) }),
    requested_by: requester,
    timestamp: toTime(at),
    custom: { door, input_digest: inputDigest },
  };
}

/** The record has as `verdict` what an event has as `result`. */
function inResult(pointer: string): string {
  return pointer.replace(/^\/verdict(?=\/|$)/u, '/result');
}
