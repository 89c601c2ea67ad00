import {
  evidenceAnswer,
  InvalidReference,
  parseImageReference,
  printReference,
  withDigest,
} from '../images/index.ts';
import { isObject, type ObjectValue } from '../values/index.ts';
import type { EvidenceNeed } from './evidence.ts';
import type { Found } from './handler.ts';
import { ImageHandler, notThere } from './image-handler.ts';
import type { AskedImage } from './image-question.ts';
import type { Images } from './images.ts';
import { refuse } from './look-up-error.ts';
import { type Manifest, readConfig } from './registry/index.ts';

/** Annotations and labels of the OCI image specification. */
const baseName = 'org.opencontainers.image.base.name';
const baseDigest = 'org.opencontainers.image.base.digest';

/** `image.resolve`: the digest that a reference stands for. */
export class ResolveHandler extends ImageHandler {
  private readonly images: Images;

  constructor(images: Images) {
    super('resolve');
    this.images = images;
  }

  protected async ask(image: AskedImage, _: EvidenceNeed, signal: AbortSignal): Promise<Found> {
    const digest = await this.images.digest(image, signal);
    if (digest === undefined) return this.absent(image, notThere(image));
    return this.found(image, evidenceAnswer('found', { digest }), digest);
  }
}

/** What is answered from the manifest of an image. */
abstract class ManifestReader extends ImageHandler {
  protected readonly images: Images;

  constructor(images: Images, type: string) {
    super(type);
    this.images = images;
  }

  protected async ask(image: AskedImage, _: EvidenceNeed, signal: AbortSignal): Promise<Found> {
    const manifest = await this.images.manifest(image, signal);
    return manifest === undefined
      ? this.absent(image, notThere(image))
      : this.answer(image, manifest, signal);
  }

  protected abstract answer(image: AskedImage, manifest: Manifest, signal: AbortSignal): Promise<Found>;
}

/** `image.manifest`: the manifest or index as the registry has it. */
export class ManifestHandler extends ManifestReader {
  constructor(images: Images) {
    super(images, 'manifest');
  }

  protected async answer(image: AskedImage, { digest, document }: Manifest): Promise<Found> {
    return this.found(image, evidenceAnswer('found', { digest, document }), digest);
  }
}

/** `image.config`: the configuration, with labels; of an index that for one platform. */
export class ConfigHandler extends ManifestReader {
  constructor(images: Images) {
    super(images, 'config');
  }

  protected async answer(image: AskedImage, manifest: Manifest, signal: AbortSignal): Promise<Found> {
    const single = await this.images.single(image.repository, manifest, signal);
    const document = await configOf(this.images, image, single, signal);
    return this.found(image, evidenceAnswer('found', { digest: manifest.digest, document }), manifest.digest);
  }
}

/** `image.base`: the base image that annotations of index or manifest name, or labels of the configuration. */
export class BaseHandler extends ManifestReader {
  constructor(images: Images) {
    super(images, 'base');
  }

  protected async answer(image: AskedImage, manifest: Manifest, signal: AbortSignal): Promise<Found> {
    const single = await this.images.single(image.repository, manifest, signal);
    const annotated = [manifest, single].find(({ annotations }) => annotations.has(baseName))?.annotations;
    const named = annotated ?? labelsOf(await configOf(this.images, image, single, signal));
    const name = named.get(baseName);
    if (name === undefined || name === '')
      return this.absent(image, `${image.name} does not say what its base image is`);
    const answer = evidenceAnswer('found', { images: [referenceOf(name, named.get(baseDigest))] });
    return this.found(image, answer, manifest.digest);
  }
}

async function configOf(
  images: Images,
  { repository }: AskedImage,
  { config }: Manifest,
  signal: AbortSignal,
): Promise<ObjectValue> {
  if (config === undefined) return refuse('the manifest has no config');
  return readConfig(await images.client.blob(repository, config, signal));
}

function labelsOf(config: ObjectValue): ReadonlyMap<string, string> {
  const inner = config.get('config');
  const labels = inner !== undefined && isObject(inner) ? inner.get('Labels') : undefined;
  if (labels === undefined || !isObject(labels)) return new Map();
  return new Map(
    [...labels.entries()].filter((entry): entry is [string, string] =>
      entry.every(part => typeof part === 'string'),
    ),
  );
}

/** A name that is no reference is a base image all the same, and matches no pattern. */
function referenceOf(name: string, digest: string | undefined): string {
  const reference = parseImageReference(name);
  if (digest === undefined || reference instanceof InvalidReference) return name;
  const pinned = withDigest(reference, digest);
  return pinned instanceof InvalidReference ? name : printReference(pinned);
}
