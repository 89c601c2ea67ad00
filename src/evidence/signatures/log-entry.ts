import type { TransparencyLogEntry } from '@sigstore/bundle';
import { json } from '@sigstore/core';
import type { SignedEntity } from '@sigstore/verify';
import { verifyTLogBody } from '@sigstore/verify/dist/tlog/index.js';
import { expectLegacyBody, isLegacyEntry } from './legacy-body.ts';
import { expectInclusion } from './log-inclusion.ts';
import { hasLogged, type Log } from './log-signature.ts';
import { refuse } from './refused.ts';

/**
 * Throws unless an entry is in one of the logs, by promise or proof, or both where both are there, and is about
 * what was signed. The library's own check of signatures of logs leaves the hash to the platform,
 * and not every platform has one to choose.
 */
export function expectLogged(
  entry: TransparencyLogEntry,
  signature: SignedEntity['signature'],
  envelope: Uint8Array | undefined,
  trusted: readonly Log[],
): void {
  const logs = trusted.filter(({ logID }) => logID.equals(entry.logId.keyId));
  if (logs.length === 0) refuse('the log of its entry is not trusted');
  if (entry.inclusionPromise === undefined && entry.inclusionProof === undefined)
    refuse('nothing proves that the log has its entry');
  if (entry.inclusionPromise !== undefined) expectPromise(entry, logs);
  if (entry.inclusionProof !== undefined) expectInclusion(entry, logs);
  if (isLegacyEntry(entry)) expectLegacyBody(entry, envelope);
  else verifyTLogBody(entry, signature);
}

/** The signed entry timestamp, by which the log promises to include the entry and tells its time. */
function expectPromise(entry: TransparencyLogEntry, logs: readonly Log[]): void {
  const { canonicalizedBody, integratedTime, logIndex, logId } = entry;
  const payload = {
    body: canonicalizedBody.toString('base64'),
    integratedTime: Number(integratedTime),
    logIndex: Number(logIndex),
    logID: logId.keyId.toString('hex'),
  };
  const message = Buffer.from(json.canonicalize(payload));
  const time = Number(integratedTime) * 1000;
  const promised = logs.some(
    log =>
      log.validFor.start.getTime() <= time &&
      time <= log.validFor.end.getTime() &&
      hasLogged(log, message, entry.inclusionPromise!.signedEntryTimestamp),
  );
  if (!promised) refuse("the log's promise to include its entry is not valid");
}
