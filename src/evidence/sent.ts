import { Buffer } from 'node:buffer';
import { InvalidReference, parseDigest, parseImageReference } from '../images/index.ts';
import { isArray, isObject, stringify, type Value } from '../values/index.ts';
import { claimedDigests } from './claimed-digests.ts';
import { parsed, textAt, valueAt } from './json-field.ts';
import type { SignatureMaterial } from './signatures/index.ts';

/** One piece of evidence that came with a request. */
export interface SentItem {
  readonly type: string;
  /** The digest that it is about, or a reference that ends with one; where absent it must say so itself. */
  readonly subject?: string;
  readonly content: Value;
}

/** A report that came along, with the digest that it is about where the sender said it. */
export interface SentReport {
  readonly content: Value;
  readonly subject?: string;
}

/** What `type` may be. */
export const sentTypes = [
  'sigstore-bundle',
  'cosign-signature',
  'attestation',
  'notation',
  'report',
] as const;

/** Where it came from, as a verdict says it. */
const source = 'request';

/**
 * Evidence that came with a request, by the digest that it is about. Nothing of it is believed for that: a
 * signature is verified as one of a registry is, and a report that nobody signed is as good as its sender.
 */
export class SentEvidence {
  static readonly none = new SentEvidence([]);

  private readonly byDigest = new Map<string, SignatureMaterial[]>();
  private readonly unsigned: SentReport[] = [];

  /** Throws a RangeError that says what is wrong, and at which place of the list. */
  constructor(items: readonly SentItem[]) {
    for (const [index, item] of items.entries()) {
      try {
        this.add(item);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new RangeError(`evidence ${index + 1}: ${error.message}`);
      }
    }
  }

  /** Signatures and attestations about a digest. */
  material(digest: string): readonly SignatureMaterial[] {
    return this.byDigest.get(digest) ?? [];
  }

  /** Reports of a digest, and those that say themselves what they are about. */
  reports(digest: string): readonly SentReport[] {
    return this.unsigned.filter(({ subject }) => subject === undefined || subject === digest);
  }

  private add(item: SentItem): void {
    const subject = item.subject === undefined ? undefined : digestIn(item.subject);
    if (item.type === 'report') {
      this.unsigned.push({ content: item.content, ...(subject !== undefined && { subject }) });
      return;
    }
    const material = toMaterial(item);
    const digests = subject === undefined ? claimedDigests(material) : [subject];
    if (digests.length === 0) throw new RangeError('it does not say which digest it is about: add a subject');
    for (const digest of new Set(digests)) {
      const known = this.byDigest.get(digest);
      if (known === undefined) this.byDigest.set(digest, [material]);
      else known.push(material);
    }
  }
}

/**
 * The items in the text of a file: one, or a list, as they stand in a request; a bundle, an envelope, a
 * signature or a report by itself; or a line for each, as `cosign download` prints them. Throws a RangeError
 * where it is no JSON.
 */
export function readSentFile(text: string): readonly SentItem[] {
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

function toItem(value: Value): SentItem {
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

function toMaterial({ type, content }: SentItem): SignatureMaterial {
  switch (type) {
    case 'sigstore-bundle':
      return { kind: 'bundle', source, bundle: jsonOf(content) };
    case 'attestation':
      return { kind: 'dsse', source, envelope: jsonOf(content) };
    case 'cosign-signature':
      return simpleSigning(content);
    case 'notation':
      return notation(content);
    default:
      throw new RangeError(`there is no type ${JSON.stringify(type)}: it is one of ${sentTypes.join(', ')}`);
  }
}

/** Also with the names that `cosign download signature` prints. */
function simpleSigning(content: Value): SignatureMaterial {
  const payload = textAt(content, 'payload') ?? textAt(content, 'Payload');
  const signature = textAt(content, 'signature') ?? textAt(content, 'Base64Signature');
  if (payload === undefined || signature === undefined)
    throw new RangeError('a cosign signature has a payload and a signature, in base64');
  const bundle = valueAt(content, 'bundle') ?? valueAt(content, 'Bundle');
  const [certificate, chain] = ['certificate', 'chain'].map(key => textAt(content, key));
  return {
    kind: 'simple_signing',
    source,
    payload: new Uint8Array(Buffer.from(payload, 'base64')),
    signature,
    ...(certificate !== undefined && { certificate }),
    ...(chain !== undefined && { chain }),
    ...(bundle !== undefined && bundle !== null && { bundle: jsonOf(bundle) }),
  };
}

/** An envelope of JWS as it is; one of COSE in base64, as a text. */
function notation(content: Value): SignatureMaterial {
  if (typeof content === 'string') {
    const envelope = new Uint8Array(Buffer.from(content, 'base64'));
    return { kind: 'notation', source, mediaType: 'application/cose', envelope };
  }
  const envelope = new TextEncoder().encode(stringify(content));
  return { kind: 'notation', source, mediaType: 'application/jose+json', envelope };
}

function jsonOf(content: Value): string {
  return typeof content === 'string' ? content : stringify(content);
}

function digestIn(subject: string): string {
  if (!(parseDigest(subject) instanceof InvalidReference)) return subject;
  const reference = parseImageReference(subject);
  const digest = reference instanceof InvalidReference ? undefined : reference.digest;
  if (digest !== undefined) return digest;
  throw new RangeError('the subject is no digest, and no reference that ends with one');
}
