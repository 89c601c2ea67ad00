import type { TransparencyLogEntry } from '@sigstore/bundle';
import { decodeBase64, textOf } from '../../builtins/index.ts';
import { isObject, type ObjectValue, parseJson, type Value } from '../../values/index.ts';
import { refuse } from './refused.ts';

/**
 * The log entry of cosign's annotation `dev.sigstore.cosign/bundle`, which has no proof of inclusion, only the
 * log's promise. Throws where it is malformed.
 */
export function readRekorBundle(json: string): TransparencyLogEntry {
  const bundle = asObject(parseJson(json));
  const payload = asObject(bundle.get('Payload'));
  const body = bytes(payload.get('body'));
  const content = asObject(parseJson(textOf(body)));
  const logId = payload.get('logID');
  if (typeof logId !== 'string' || !/^[0-9a-f]{64}$/u.test(logId))
    return refuse('the log entry names no log');
  return {
    logIndex: whole(payload.get('logIndex')),
    logId: { keyId: Buffer.from(logId, 'hex') },
    kindVersion: { kind: text(content.get('kind')), version: text(content.get('apiVersion')) },
    integratedTime: whole(payload.get('integratedTime')),
    inclusionPromise: { signedEntryTimestamp: bytes(bundle.get('SignedEntryTimestamp')) },
    inclusionProof: undefined,
    canonicalizedBody: body,
  };
}

function asObject(value: Value | undefined): ObjectValue {
  return value !== undefined && isObject(value) ? value : refuse('the log entry is malformed');
}

function text(value: Value | undefined): string {
  return typeof value === 'string' ? value : refuse('the log entry is malformed');
}

function whole(value: Value | undefined): string {
  const number = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  return number ? String(value) : refuse('the log entry is malformed');
}

function bytes(value: Value | undefined): Buffer {
  const decoded = decodeBase64(text(value));
  return decoded === undefined ? refuse('the log entry is not base64') : Buffer.from(decoded);
}
