import {
  publicGoodRoot,
  verifyAttestations,
  verifySignatures,
} from '../../../src/evidence/signatures/index.ts';
import { fromJson, type JsonObject, toJson } from '../../../src/values/index.ts';
import type { Question } from './cases.ts';

/** The answer as JSON, and what was seen of each signature. */
export interface Reply {
  readonly answer: JsonObject;
  readonly signatures: readonly JsonObject[];
}

export async function ask({
  subject,
  material,
  authorities,
  type,
  trustRoots,
  now,
}: Question): Promise<Reply> {
  const options = {
    now: BigInt(Date.parse(now ?? '2026-11-20T00:00:00Z')) * 1_000_000n,
    trustRoots: trustRoots ?? [await publicGoodRoot()],
  };
  const by = fromJson(authorities);
  const { answer, signatures } =
    type === undefined
      ? await verifySignatures(subject, material, by, options)
      : await verifyAttestations(subject, material, type, by, options);
  const seen = signatures as unknown as readonly JsonObject[];
  return { answer: toJson(answer) as JsonObject, signatures: seen };
}
