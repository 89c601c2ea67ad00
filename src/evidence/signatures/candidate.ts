import { limits } from '../../base/index.ts';
import type { NotationMaterial, SignatureMaterial, SignedSubject } from './material.ts';
import { readCose } from './notation/cose.ts';
import type { NotationEnvelope } from './notation/envelope.ts';
import { readJws } from './notation/jws.ts';
import type { Payload } from './payload.ts';
import { readBundle } from './read-bundle.ts';
import { readDsse, readSimpleSigning } from './read-cosign.ts';
import { attempt, oneLine, Refused, refuse } from './refused.ts';
import { remembered } from './remembered.ts';
import type { SignedContent } from './signed-content.ts';

/** One signature, read and not yet verified. */
export interface Candidate {
  readonly format: string;
  readonly source: string;
  readonly payload: Payload;
  readonly signature:
    | { readonly kind: 'sigstore'; readonly content: SignedContent }
    | { readonly kind: 'notation'; readonly envelope: NotationEnvelope };
}

/** Material that cannot be read. */
export interface Unreadable {
  readonly format: string;
  readonly source: string;
  readonly reason: string;
}

const formats: Readonly<Record<SignatureMaterial['kind'], string>> = {
  bundle: 'sigstore bundle',
  simple_signing: 'cosign signature',
  dsse: 'cosign attestation',
  notation: 'notation signature',
};

/** The signatures of one piece of material: several where an envelope has several. */
export function readCandidates(
  material: SignatureMaterial,
  subject: SignedSubject,
): readonly (Candidate | Unreadable)[] {
  const place = { format: formats[material.kind] ?? 'signature', source: material.source ?? '' };
  const candidates = attempt(() => {
    if (sizeOf(material) > limits.signatureBytes)
      return refuse(`it is larger than ${limits.signatureBytes} bytes`);
    return read(material, subject);
  });
  if (candidates instanceof Refused) return [{ ...place, reason: candidates.message }];
  return candidates.map(candidate => ({ ...place, ...candidate }));
}

type Read = Pick<Candidate, 'payload' | 'signature'>;

function read(material: SignatureMaterial, subject: SignedSubject): readonly Read[] {
  switch (material.kind) {
    case 'bundle':
      return [ofContent(readBundle(material, subject))];
    case 'simple_signing':
      return [ofContent(simpleSigning(material))];
    case 'dsse':
      return dsse(material).map(ofContent);
    case 'notation':
      return [notation(material)];
    default:
      return refuse('the kind of the signature is not known');
  }
}

function ofContent(content: SignedContent): Read {
  return { payload: content.payload, signature: { kind: 'sigstore', content } };
}

const simpleSigning = remembered(readSimpleSigning);
const dsse = remembered(readDsse);
const notation = remembered(({ mediaType, envelope: bytes }: NotationMaterial): Read => {
  const envelope = readNotation(mediaType, bytes);
  return {
    payload: { kind: 'notation', bytes: envelope.payload },
    signature: { kind: 'notation', envelope },
  };
});

function readNotation(mediaType: string, bytes: Uint8Array): NotationEnvelope {
  if (mediaType === 'application/jose+json') return readJws(bytes);
  if (mediaType === 'application/cose') return readCose(bytes);
  return refuse(`signatures of the type ${oneLine(mediaType)} are not known`);
}

function sizeOf(material: SignatureMaterial): number {
  const fields: readonly unknown[] = Object.values(material);
  const sizes = fields.map(field =>
    typeof field === 'string' || field instanceof Uint8Array ? field.length : 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
