import { limits } from '../../base/index.ts';
import { cosignSignature } from '../claimed-digests.ts';
import { LookUpError, toLookUpError } from '../look-up-error.ts';
import type { CosignAnnotations, SignatureMaterial } from '../signatures/index.ts';
import type { RegistryClient } from './client.ts';
import type { Descriptor, Manifest } from './manifest.ts';
import type { Repository } from './repository.ts';

/** What is attached to a digest, as far as it could be had. */
export interface Attached<T> {
  readonly found: readonly T[];
  /** Why some of it could not be had. */
  readonly missed: readonly string[];
}

/** Where to look, and for what. */
export interface Place {
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly digest: string;
  readonly signal: AbortSignal;
}

/** A document that is attached unsigned, or whose signature nobody asked for. */
export interface AttachedText {
  readonly text: string;
  readonly source: string;
}

/** What a list says of a referrer, or its manifest. */
type Referrer = Pick<Manifest, 'artifactType' | 'annotations'>;

/** One layer of something attached, and by what it was found. */
interface AttachedLayer {
  readonly layer: Descriptor;
  readonly source: string;
}

type Kind = SignatureMaterial['kind'];

const bundleType = /^application\/vnd\.dev\.sigstore\.bundle[.+]/u;

/** By media type of a layer. */
const layerKinds: ReadonlyMap<string, Kind> = new Map([
  ['application/vnd.dev.cosign.simplesigning.v1+json', 'simple_signing'],
  ['application/vnd.dsse.envelope.v1+json', 'dsse'],
  ['application/jose+json', 'notation'],
  ['application/cose', 'notation'],
]);

/** By artifact type of a referrer. */
const referrerKinds: ReadonlyMap<string, readonly Kind[]> = new Map([
  ['application/vnd.dev.cosign.artifact.sig.v1+json', ['simple_signing']],
  ['application/vnd.dev.cosign.artifact.att.v1+json', ['dsse']],
  ['application/vnd.cncf.notary.signature', ['notation']],
]);

/** What tools list a referrer as where they go by its configuration, which says nothing. */
const saysNothing: ReadonlySet<string> = new Set([
  'application/vnd.oci.empty.v1+json',
  'application/vnd.oci.image.config.v1+json',
]);

const contentAnnotation = 'dev.sigstore.bundle.content';
const predicateAnnotation = 'dev.sigstore.bundle.predicateType';

/** Signatures of a digest: by cosign's tag and as referrers, of Sigstore and of the Notary Project. */
export function findSignatures(place: Place): Promise<Attached<SignatureMaterial>> {
  return findMaterial(place, 'sig', ['simple_signing', 'bundle', 'notation'], isSignatureBundle);
}

/** Attestations of a digest: by cosign's tag and as referrers. */
export function findAttestations(place: Place): Promise<Attached<SignatureMaterial>> {
  return findMaterial(place, 'att', ['dsse', 'bundle'], ({ annotations }) => {
    return annotations.get(contentAnnotation) !== 'message-signature';
  });
}

/** Referrers of a digest that are no signatures, and layers of cosign's `.sbom` and `.att` tags, as texts. */
export async function findDocuments(place: Place): Promise<Attached<AttachedText>> {
  const [referrers, sboms, attestations] = await Promise.all([
    referrerLayers(place, descriptor => !isSignatureReferrer(descriptor)),
    taggedLayers(place, 'sbom'),
    taggedLayers(place, 'att'),
  ]);
  const layers = limited([referrers, sboms, attestations]);
  const texts = await collect(layers.found, async ({ layer, source }) => {
    const bytes = await place.client.blob(place.repository, layer, place.signal);
    return { text: new TextDecoder().decode(bytes), source };
  });
  return { found: texts.found, missed: [...layers.missed, ...texts.missed] };
}

async function findMaterial(
  place: Place,
  suffix: 'sig' | 'att',
  kinds: readonly Kind[],
  wanted: (bundle: Referrer) => boolean,
): Promise<Attached<SignatureMaterial>> {
  const [tagged, referrers] = await Promise.all([
    taggedLayers(place, suffix),
    referrerLayers(place, descriptor =>
      isBundle(descriptor)
        ? wanted(descriptor)
        : (referrerKinds.get(descriptor.artifactType ?? '')?.some(kind => kinds.includes(kind)) ?? false),
    ),
  ]);
  const layers = limited([tagged, referrers]);
  const ours = layers.found.filter(({ layer }) => kinds.includes(kindOf(layer)!));
  const material = await collect(ours, layer => toMaterial(place, layer));
  return { found: material.found, missed: [...layers.missed, ...material.missed] };
}

/** Layers of the image that cosign pushes beside another under a tag made of its digest. */
async function taggedLayers(
  { client, repository, digest, signal }: Place,
  suffix: string,
): Promise<Attached<AttachedLayer>> {
  const tag = `${digest.replace(':', '-')}.${suffix}`;
  const manifest = await client.tagged(repository, tag, signal);
  const source = `${repository.registry}, tag .${suffix}`;
  return { found: (manifest?.layers ?? []).map(layer => ({ layer, source })), missed: [] };
}

async function referrerLayers(
  { client, repository, digest, signal }: Place,
  wanted: (referrer: Referrer) => boolean,
): Promise<Attached<AttachedLayer>> {
  const all = await client.referrers(repository, digest, signal);
  const listed = all.filter(
    each => saysNothing.has(each.artifactType ?? '') || !each.artifactType || wanted(each),
  );
  const source = `${repository.registry}, referrer`;
  const manifests = await collect(listed.slice(0, limits.candidates), async ({ digest: artifact }) => {
    const manifest = await client.manifest(repository, artifact, signal);
    if (manifest === undefined) throw new LookUpError(`${repository.registry} does not have ${artifact}`);
    return manifest;
  });
  return {
    found: manifests.found
      .filter(manifest => manifest.subject === digest && wanted(manifest))
      .flatMap(({ layers }) => layers.map(layer => ({ layer, source }))),
    missed: [...manifests.missed, ...beyond(listed.length)],
  };
}

async function toMaterial(
  { client, repository, signal }: Place,
  { layer, source }: AttachedLayer,
): Promise<SignatureMaterial> {
  const content = await client.blob(repository, layer, signal);
  const text = () => new TextDecoder().decode(content);
  switch (kindOf(layer)!) {
    case 'simple_signing': {
      const signature = layer.annotations.get('dev.cosignproject.cosign/signature') ?? '';
      return { kind: 'simple_signing', source, payload: content, signature, ...cosignAnnotations(layer) };
    }
    case 'dsse':
      return { kind: 'dsse', source, envelope: text(), ...cosignAnnotations(layer) };
    case 'bundle':
      return { kind: 'bundle', source, bundle: text() };
    case 'notation':
      return { kind: 'notation', source, mediaType: layer.mediaType, envelope: content };
  }
}

function cosignAnnotations({ annotations }: Descriptor): CosignAnnotations {
  const named = {
    certificate: annotations.get('dev.sigstore.cosign/certificate'),
    chain: annotations.get('dev.sigstore.cosign/chain'),
    bundle: annotations.get('dev.sigstore.cosign/bundle'),
    timestamp: annotations.get('dev.sigstore.cosign/rfc3161timestamp'),
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined && value !== ''));
}

function kindOf({ mediaType }: Descriptor): Kind | undefined {
  return bundleType.test(mediaType) ? 'bundle' : layerKinds.get(mediaType);
}

function isBundle({ artifactType = '' }: Referrer): boolean {
  return bundleType.test(artifactType);
}

function isSignatureBundle({ annotations }: Referrer): boolean {
  const predicate = annotations.get(predicateAnnotation);
  return predicate === undefined || predicate === cosignSignature;
}

function isSignatureReferrer(descriptor: Referrer): boolean {
  if (isBundle(descriptor)) return isSignatureBundle(descriptor);
  const kinds = referrerKinds.get(descriptor.artifactType ?? '');
  return kinds !== undefined && !kinds.includes('dsse');
}

/** All of them together, so many at most. */
function limited<T>(parts: readonly Attached<T>[]): Attached<T> {
  const found = parts.flatMap(part => part.found);
  return {
    found: found.slice(0, limits.candidates),
    missed: [...parts.flatMap(part => part.missed), ...beyond(found.length)],
  };
}

function beyond(count: number): readonly string[] {
  return count > limits.candidates ? [`only ${limits.candidates} of ${count} were looked at`] : [];
}

/** What comes of each; one that fails takes nothing from the others. */
async function collect<From, To>(
  from: readonly From[],
  get: (item: From) => Promise<To>,
): Promise<Attached<To>> {
  const settled = await Promise.allSettled(from.map(get));
  const never = new AbortController().signal;
  return {
    found: settled.flatMap(each => (each.status === 'fulfilled' ? [each.value] : [])),
    missed: settled.flatMap(each =>
      each.status === 'rejected' ? [toLookUpError(each.reason, never).message] : [],
    ),
  };
}
