import type { TransparencyLogEntry } from '@sigstore/bundle';
import { LogCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint.js';
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js';
import { decodeBase64 } from '../../builtins/index.ts';
import { hasLogged, type Log } from './log-signature.ts';
import { refuse } from './refused.ts';

type WithProof = Parameters<typeof verifyMerkleInclusion>[0];

/** A line of a signed note: an em dash, a name, and the signature behind four bytes that hint at the key. */
const signatureLine = /^\u2014 \S+ (\S+)$/u;
const hintLength = 4;
/** Of one checkpoint: a log and its witnesses. */
const mostSignatures = 100;

/**
 * Throws unless the path of hashes leads from an entry to a checkpoint that one of the logs has signed
 * (signed notes and checkpoints of transparency-dev/formats).
 */
export function expectInclusion(entry: TransparencyLogEntry, logs: readonly Log[]): void {
  const envelope = entry.inclusionProof?.checkpoint?.envelope;
  if (envelope === undefined) refuse('the proof of inclusion has no checkpoint');
  if (!/^\d{1,20}$/u.test(entry.inclusionProof!.logIndex))
    refuse('the index of the proof of inclusion is malformed');
  const end = envelope.indexOf('\n\n');
  if (end === -1) refuse('the checkpoint is not signed');
  const note = envelope.slice(0, end + 1);
  const lines = envelope.slice(end + 2).split('\n', mostSignatures);
  const message = new TextEncoder().encode(note);
  if (!lines.some(line => isSigned(line, message, logs))) refuse('no trusted log has signed the checkpoint');
  verifyMerkleInclusion(entry as WithProof, LogCheckpoint.fromString(note));
}

/** The key tells which log it is, not the name: a log of one's own may call itself what it likes. */
function isSigned(line: string, message: Uint8Array, logs: readonly Log[]): boolean {
  const [, encoded] = signatureLine.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (bytes === undefined) return false;
  const hint = bytes.subarray(0, hintLength);
  return logs.some(
    log =>
      Buffer.compare(log.logID.subarray(0, hintLength), hint) === 0 &&
      hasLogged(log, message, bytes.subarray(hintLength)),
  );
}
