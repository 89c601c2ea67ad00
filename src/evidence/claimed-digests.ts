import { Buffer } from 'node:buffer';
import { InvalidReference, parseDigest } from '../images/index.ts';
import { isArray, type Value } from '../values/index.ts';
import { parsed, parsedBase64, textAt, valueAt } from './json-field.ts';
import type { SignatureMaterial } from './signatures/index.ts';

/** The predicate type by which cosign signs an image where it does so by a statement. */
export const cosignSignature = 'https://sigstore.dev/cosign/sign/v1';

/**
 * The digests that a signature or an attestation says it is about, to know which images to look at it for;
 * none where it does not say. Nothing of it is verified.
 */
export function claimedDigests(material: SignatureMaterial): readonly string[] {
  return candidates(material).filter(
    (digest): digest is string => digest !== undefined && !(parseDigest(digest) instanceof InvalidReference),
  );
}

/** The in-toto statement that is signed in an envelope of DSSE, or in a bundle that holds one. */
export function statementIn(document: Value): Value | undefined {
  const envelope = valueAt(document, 'dsseEnvelope') ?? document;
  if (textAt(envelope, 'payloadType') !== 'application/vnd.in-toto+json') return undefined;
  return parsedBase64(textAt(envelope, 'payload'));
}

/**
 * Whether it can be a signature of an image, which is no attestation: a bundle may be either. What does not
 * say what it is may be.
 */
export function canSign(material: SignatureMaterial): boolean {
  if (material.kind === 'dsse') return false;
  if (material.kind !== 'bundle') return true;
  const known = signs.get(material);
  if (known !== undefined) return known;
  const bundle = parsed(material.bundle);
  const statement = bundle && statementIn(bundle);
  const can = statement === undefined || textAt(statement, 'predicateType') === cosignSignature;
  signs.set(material, can);
  return can;
}

/** What was sent is asked about for each image, and read once. */
const signs = new WeakMap<SignatureMaterial, boolean>();

/** Whether it can be an attestation. */
export function canAttest({ kind }: SignatureMaterial): boolean {
  return kind === 'dsse' || kind === 'bundle';
}

function candidates(material: SignatureMaterial): readonly (string | undefined)[] {
  switch (material.kind) {
    case 'bundle': {
      const bundle = parsed(material.bundle);
      return [messageDigest(bundle), ...subjectDigests(bundle && statementIn(bundle))];
    }
    case 'dsse': {
      const envelope = parsed(material.envelope);
      return subjectDigests(envelope && statementIn(envelope));
    }
    case 'simple_signing':
      return [
        textAt(
          parsed(new TextDecoder().decode(material.payload)),
          'critical',
          'image',
          'docker-manifest-digest',
        ),
      ];
    case 'notation': {
      const envelope = parsed(new TextDecoder().decode(material.envelope));
      return [textAt(parsedBase64(textAt(envelope, 'payload')), 'targetArtifact', 'digest')];
    }
  }
}

/** Of a bundle that signs the manifest itself. */
function messageDigest(bundle: Value | undefined): string | undefined {
  const digest = textAt(bundle, 'messageSignature', 'messageDigest', 'digest');
  return digest && `sha256:${Buffer.from(digest, 'base64').toString('hex')}`;
}

function subjectDigests(statement: Value | undefined): readonly (string | undefined)[] {
  const subjects = valueAt(statement, 'subject');
  if (subjects === undefined || !isArray(subjects)) return [];
  return subjects.flatMap(subject =>
    ['sha256', 'sha384', 'sha512'].map(algorithm => {
      const digest = textAt(subject, 'digest', algorithm);
      return digest && `${algorithm}:${digest}`;
    }),
  );
}
