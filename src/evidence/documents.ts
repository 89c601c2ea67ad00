import { Buffer } from 'node:buffer';
import { InvalidReference, parseDigest, parseImageReference } from '../images/index.ts';
import { stringify, type Value } from '../values/index.ts';
import { claimedDigests } from './claimed-digests.ts';
import { textAt, valueAt } from './json-field.ts';
import type { SignatureMaterial } from './signatures/index.ts';

/** A piece of evidence as a document of a known type. */
export interface EvidenceDocument {
  /** One of `documentTypes`. */
  readonly type: string;
  /** The digest that it is about, or a reference that ends with one; where absent it must say so itself. */
  readonly subject?: string;
  readonly content: Value;
}

/** A report, with the digest that it is about where somebody said it. */
export interface ReportDocument {
  readonly content: Value;
  readonly subject?: string;
}

/** What `type` may be. */
export const documentTypes = [
  'sigstore-bundle',
  'cosign-signature',
  'attestation',
  'notation',
  'report',
] as const;

/**
 * Documents by the digest that they are about. Nothing of them is believed: a signature is verified as one
 * of a registry is, and a report that nobody signed is as good as where it comes from.
 */
export class EvidenceDocuments {
  /** Where they came from, as a verdict says it. */
  readonly source: string;
  readonly documents: readonly EvidenceDocument[];
  private readonly byDigest = new Map<string, SignatureMaterial[]>();
  private readonly unsigned: ReportDocument[] = [];

  /** Throws a RangeError that says what is wrong, and at which place of the list. */
  constructor(documents: readonly EvidenceDocument[], source: string) {
    this.source = source;
    this.documents = documents;
    for (const [index, document] of documents.entries()) {
      try {
        this.add(document);
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
  reports(digest: string): readonly ReportDocument[] {
    return this.unsigned.filter(({ subject }) => subject === undefined || subject === digest);
  }

  private add(document: EvidenceDocument): void {
    const subject = document.subject === undefined ? undefined : digestIn(document.subject);
    if (document.type === 'report') {
      this.unsigned.push({ content: document.content, ...(subject !== undefined && { subject }) });
      return;
    }
    const material = toMaterial(document, this.source);
    const digests = subject === undefined ? claimedDigests(material) : [subject];
    if (digests.length === 0) throw new RangeError('it does not say which digest it is about: add a subject');
    for (const digest of new Set(digests)) {
      const known = this.byDigest.get(digest);
      if (known === undefined) this.byDigest.set(digest, [material]);
      else known.push(material);
    }
  }
}

/** Throws a RangeError where the content is not what its type says. */
export function toMaterial({ type, content }: EvidenceDocument, source: string): SignatureMaterial {
  switch (type) {
    case 'sigstore-bundle':
      return { kind: 'bundle', source, bundle: jsonOf(content) };
    case 'attestation':
      return { kind: 'dsse', source, envelope: jsonOf(content) };
    case 'cosign-signature':
      return simpleSigning(content, source);
    case 'notation':
      return notation(content, source);
    default:
      throw new RangeError(
        `there is no type ${JSON.stringify(type)}: it is one of ${documentTypes.join(', ')}`,
      );
  }
}

/** Also with the names that `cosign download signature` prints. */
function simpleSigning(content: Value, source: string): SignatureMaterial {
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
function notation(content: Value, source: string): SignatureMaterial {
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

/** The digest that a subject is or ends with; throws a RangeError where there is none. */
export function digestIn(subject: string): string {
  if (!(parseDigest(subject) instanceof InvalidReference)) return subject;
  const reference = parseImageReference(subject);
  const digest = reference instanceof InvalidReference ? undefined : reference.digest;
  if (digest !== undefined) return digest;
  throw new RangeError('the subject is no digest, and no reference that ends with one');
}
