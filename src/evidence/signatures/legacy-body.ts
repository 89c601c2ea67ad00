import type { TransparencyLogEntry } from '@sigstore/bundle';
import { digest, hexOf, textOf } from '../../builtins/index.ts';
import { isObject, type ObjectValue, parseJson, type Value } from '../../values/index.ts';
import { refuse } from './refused.ts';

/**
 * Whether an entry is of `intoto` 0.0.1, in which cosign logged attestations up to version 2.0. It holds no
 * signature but the hash of the whole envelope, and the library knows later versions only.
 */
export function isLegacyEntry({ kindVersion: { kind, version } }: TransparencyLogEntry): boolean {
  return kind === 'intoto' && version === '0.0.1';
}

/** Throws unless such an entry is about the envelope. */
export function expectLegacyBody(
  { canonicalizedBody }: TransparencyLogEntry,
  envelope: Uint8Array | undefined,
): void {
  const body = objectOf(parseJson(textOf(canonicalizedBody)));
  if (body.get('kind') !== 'intoto' || body.get('apiVersion') !== '0.0.1')
    refuse('the log entry is not of the kind it says');
  const hash = child(child(child(body, 'spec'), 'content'), 'hash');
  const logged = envelope !== undefined && hash.get('value') === hexOf(digest('sha256', envelope));
  if (hash.get('algorithm') !== 'sha256' || !logged) refuse('the log entry is for another envelope');
}

function child(object: ObjectValue, key: string): ObjectValue {
  return objectOf(object.get(key) ?? null);
}

function objectOf(value: Value): ObjectValue {
  return isObject(value) ? value : refuse('the log entry is malformed');
}
