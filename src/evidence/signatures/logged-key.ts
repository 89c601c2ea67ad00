import type { TransparencyLogEntry } from '@sigstore/bundle';
import {
  decodeBase64,
  decodePemBlocks,
  parseCertificate,
  parsePublicKey,
  textOf,
} from '../../builtins/index.ts';
import { isArray, isObject, parseJson, type Value } from '../../values/index.ts';
import { fingerprint } from './keys.ts';
import { refuse } from './refused.ts';

/** Where the entries of Rekor have the key or certificate of the signer, by kind and version. */
const places: ReadonlyMap<string, readonly (string | number)[]> = new Map([
  ['hashedrekord 0.0.1', ['spec', 'signature', 'publicKey', 'content']],
  ['dsse 0.0.1', ['spec', 'signatures', 0, 'verifier']],
  ['intoto 0.0.1', ['spec', 'publicKey']],
  ['intoto 0.0.2', ['spec', 'content', 'envelope', 'signatures', 0, 'publicKey']],
  ['hashedrekord 0.0.2', ['spec', 'hashedRekordV002', 'signature', 'verifier']],
  ['dsse 0.0.2', ['spec', 'dsseV002', 'signatures', 0, 'verifier']],
]);

/**
 * Throws unless a log entry was made for the key that is believed to have signed. A signature alone does
 * not tell: another key can be made up that fits it.
 */
export function expectLoggedKey(entry: TransparencyLogEntry, signer: string): void {
  const { kind, version } = entry.kindVersion;
  const place = places.get(`${kind} ${version}`);
  if (place === undefined) refuse('the kind of the log entry is not known');
  let value: Value | undefined = parseJson(textOf(entry.canonicalizedBody));
  for (const step of place) value = child(value, step);
  if (loggedKey(value) !== signer) refuse('the log entry is for another key');
}

function child(value: Value | undefined, step: string | number): Value | undefined {
  if (value === undefined) return undefined;
  if (typeof step === 'number') return isArray(value) ? value[step] : undefined;
  return isObject(value) ? value.get(step) : undefined;
}

/** Rekor v1 has PEM in base64, of a key or a certificate; Rekor v2 an object that says which. */
function loggedKey(value: Value | undefined): string {
  if (typeof value === 'string') return keyOfPem(textOf(bytesOf(value)));
  const certificate = child(child(value, 'x509Certificate'), 'rawBytes');
  if (certificate !== undefined) return fingerprint(parseCertificate(bytesOf(certificate)).publicKey);
  return fingerprint(parsePublicKey(bytesOf(child(child(value, 'publicKey'), 'rawBytes'))));
}

function keyOfPem(pem: string): string {
  const block = decodePemBlocks(pem)[0];
  if (block?.type === 'CERTIFICATE') return fingerprint(parseCertificate(block.bytes).publicKey);
  if (block?.type === 'PUBLIC KEY') return fingerprint(parsePublicKey(block.bytes));
  return refuse('the log entry holds no key');
}

function bytesOf(value: Value | undefined): Uint8Array {
  const bytes = typeof value === 'string' ? decodeBase64(value) : undefined;
  return bytes ?? refuse('the log entry holds no key');
}
