import { isArray, isObject, type Value } from '../values/index.ts';
import { type EvidenceDocument, EvidenceDocuments } from './documents.ts';
import { parsed, textAt, valueAt } from './json-field.ts';

/** Evidence that came with a request; it is as good as its sender. */
export class SentEvidence extends EvidenceDocuments {
  static readonly none = new SentEvidence([]);

  constructor(documents: readonly EvidenceDocument[]) {
    super(documents, 'request');
  }
}

/**
 * The items in the text of a file: one, or a list, as they stand in a request; a bundle, an envelope, a
 * signature or a report by itself; or a line for each, as `cosign download` prints them. Throws a RangeError
 * where it is no JSON.
 */
export function readSentFile(text: string): readonly EvidenceDocument[] {
  const whole = parsed(text);
  if (whole !== undefined) return isArray(whole) && whole.every(isItem) ? whole.map(toItem) : [toItem(whole)];
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const values = lines.map(line => parsed(line));
  if (values.length < 2 || values.includes(undefined)) throw new RangeError('it is not JSON');
  return values.map(value => toItem(value!));
}

function isItem(value: Value): boolean {
  return isObject(value) && typeof value.get('type') === 'string' && value.has('content');
}

function toItem(value: Value): EvidenceDocument {
  if (isItem(value)) {
    const subject = textAt(value, 'subject');
    return {
      type: textAt(value, 'type') ?? '',
      content: valueAt(value, 'content')!,
      ...(subject !== undefined && { subject }),
    };
  }
  if (textAt(value, 'mediaType')?.startsWith('application/vnd.dev.sigstore.bundle'))
    return { type: 'sigstore-bundle', content: value };
  if (textAt(value, 'payloadType') !== undefined) return { type: 'attestation', content: value };
  if (textAt(value, 'Base64Signature') !== undefined) return { type: 'cosign-signature', content: value };
  if (textAt(value, 'protected') !== undefined) return { type: 'notation', content: value };
  return { type: 'report', content: value };
}
