import { parseDigest } from '../../images/index.ts';
import { isArray, isObject, type ObjectValue, parseJson, type Value } from '../../values/index.ts';
import type { SignedSubject } from './material.ts';
import { oneLine, refuse } from './refused.ts';
import { remembered } from './remembered.ts';

/** What somebody signed, by how it names the image. */
export type Payload =
  | { readonly kind: 'simple_signing'; readonly bytes: Uint8Array }
  | { readonly kind: 'statement'; readonly type: string; readonly bytes: Uint8Array }
  | { readonly kind: 'notation'; readonly bytes: Uint8Array }
  /** The manifest itself was signed. */
  | { readonly kind: 'manifest'; readonly digest: string };

/** Types of the payload that cosign signs (cosign, specs/SIGNATURE_SPEC.md). */
const simpleSigningTypes: readonly Value[] = [
  'cosign container image signature',
  'https://sigstore.dev/cosign/sign/v1',
];
const statementTypes: readonly Value[] = [
  'https://in-toto.io/Statement/v0.1',
  'https://in-toto.io/Statement/v1',
];
/** What cosign signs as a signature in the form of a statement. */
const signaturePredicate = 'https://sigstore.dev/cosign/sign/v1';
const statementMediaType = 'application/vnd.in-toto+json';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** What of a payload tells whether it concerns an image, small enough to be kept for all images. */
interface Claim {
  /** The predicate type of a statement. */
  readonly type?: string;
  /** Digests of all that it is about. */
  readonly digests: ReadonlySet<string>;
}

/** Throws unless the payload is a signature of the image, not of another and not of something else. */
export function expectSignatureOf(payload: Payload, subject: SignedSubject): void {
  const { type, digests } = claimOf(payload);
  if (payload.kind === 'statement' && type !== signaturePredicate)
    refuse('an attestation, which is no signature of the image');
  expectDigest(digests, subject);
}

/** Throws unless the payload is an in-toto statement about the image. */
export function expectStatementOf(payload: Payload, subject: SignedSubject): void {
  if (payload.kind !== 'statement') refuse('a signature, which is no attestation');
  expectDigest(claimOf(payload).digests, subject);
}

/** The predicate type that a payload claims to have; undefined where it is no statement. */
export function claimedType(payload: Payload): string | undefined {
  return claimOf(payload).type;
}

/** The in-toto statement of a payload; throws where it is none. */
export const statementOf = remembered(readStatement);

const claimOf = remembered(readClaim);

function readClaim(payload: Payload): Claim {
  switch (payload.kind) {
    case 'manifest':
      return { digests: new Set([payload.digest]) };
    case 'simple_signing':
      return { digests: textsOf(simpleSigningDigest(readObject(payload.bytes))) };
    case 'notation':
      return { digests: textsOf(notationDigest(readObject(payload.bytes))) };
    case 'statement': {
      const statement = readStatement(payload);
      const type = statement.get('predicateType');
      return { digests: new Set(subjectDigests(statement)), ...(typeof type === 'string' && { type }) };
    }
  }
}

function textsOf(value: Value | undefined): ReadonlySet<string> {
  return new Set(typeof value === 'string' ? [value] : []);
}

function readStatement(payload: Payload): ObjectValue {
  if (payload.kind !== 'statement') return refuse('a signature, which is no attestation');
  if (payload.type !== statementMediaType)
    return refuse(`the envelope holds ${oneLine(payload.type)}, no in-toto statement`);
  const statement = readObject(payload.bytes);
  const known = statementTypes.includes(statement.get('_type') ?? null);
  return known ? statement : refuse('the payload is no in-toto statement of a known version');
}

function simpleSigningDigest(payload: ObjectValue): Value | undefined {
  const critical = payload.get('critical') ?? null;
  if (!isObject(critical) || !simpleSigningTypes.includes(critical.get('type') ?? null))
    return refuse('the payload is no signature of a container image');
  const image = critical.get('image') ?? null;
  return isObject(image) ? image.get('docker-manifest-digest') : undefined;
}

function notationDigest(payload: ObjectValue): Value | undefined {
  const target = payload.get('targetArtifact') ?? null;
  return isObject(target) ? target.get('digest') : undefined;
}

/** Digests of all subjects of a statement. */
function subjectDigests(statement: ObjectValue): readonly string[] {
  const subjects = statement.get('subject') ?? [];
  if (!isArray(subjects)) return [];
  return subjects.flatMap(subject => {
    const digests = isObject(subject) ? (subject.get('digest') ?? null) : null;
    if (!isObject(digests)) return [];
    return [...digests.entries()].map(([algorithm, value]) => `${String(algorithm)}:${String(value)}`);
  });
}

function expectDigest(named: ReadonlySet<string>, subject: SignedSubject): void {
  const wanted = [subject.digest, ...(subject.alternatives ?? [])];
  if (wanted.some(digest => typeof parseDigest(digest) !== 'string'))
    refuse('the digest of the image is not known');
  if (wanted.some(digest => named.has(digest))) return;
  const [first] = named;
  refuse(first === undefined ? 'it names no digest' : `it is for another digest, ${oneLine(first)}`);
}

function readObject(bytes: Uint8Array): ObjectValue {
  const value = parseJson(decoder.decode(bytes));
  return isObject(value) ? value : refuse('the payload is no JSON object');
}
