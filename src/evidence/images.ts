import { limits } from '../base/index.ts';
import type { AskedImage } from './image-question.ts';
import { refuse } from './look-up-error.ts';
import {
  type Descriptor,
  fitOf,
  isNowhere,
  isSure,
  type Manifest,
  parsePlatform,
  type RegistryClient,
  type Repository,
} from './registry/index.ts';

/** What is taken out of an index where nothing says for which platform. */
const usualPlatform = 'linux/amd64';

/** Finds images at their registries, for one decision. */
export class Images {
  readonly client: RegistryClient;
  private readonly platform: string | undefined;

  constructor(client: RegistryClient, platform?: string) {
    this.client = client;
    this.platform = platform;
  }

  /** The digest that a reference stands for; undefined where the registry has no such tag. */
  async digest({ repository, tag, digest }: AskedImage, signal: AbortSignal): Promise<string | undefined> {
    if (digest !== undefined) return digest;
    return tag === undefined ? undefined : this.client.digestOf(repository, tag, signal);
  }

  /** What a reference stands for; undefined where the registry does not have it. */
  async manifest(image: AskedImage, signal: AbortSignal): Promise<Manifest | undefined> {
    const digest = await this.digest(image, signal);
    return digest === undefined ? undefined : this.client.manifest(image.repository, digest, signal);
  }

  /**
   * The manifest of the image itself: of an index that for the platform of the deployment, linux/amd64 where
   * it names none, or the only one. Throws a LookUpError where there is none for it, or where there are
   * several, for nobody knows which of them will run.
   */
  async single(repository: Repository, manifest: Manifest, signal: AbortSignal): Promise<Manifest> {
    if (manifest.kind === 'image') return manifest;
    const platform = this.platform ?? usualPlatform;
    const all = distinct(imagesOf(manifest));
    const only = this.platform === undefined && all.length === 1;
    const [chosen, ...others] = only ? all : distinct(forPlatform(manifest, platform));
    if (chosen === undefined) return refuse(nonePlatform(manifest, platform));
    if (others.length > 0) return refuse(severalFor([chosen, ...others], platform));
    const image = await this.client.manifest(repository, chosen.digest, signal);
    if (image === undefined) return refuse(`${repository.registry} does not have ${chosen.digest}`);
    return image.kind === 'image' ? image : refuse('the index holds an index');
  }

  /**
   * The manifests of an index of which each must be signed where the index itself is not: all that can run
   * on the platform of the deployment, or, where it names none, on any, for nobody knows which will run.
   */
  platforms(index: Manifest): readonly Descriptor[] {
    const wanted = distinct(
      this.platform === undefined ? imagesOf(index) : forPlatform(index, this.platform),
    );
    if (wanted.length > limits.platforms) refuse(`the index has more than ${limits.platforms} platforms`);
    return wanted.length > 0 ? wanted : refuse(nonePlatform(index, this.platform ?? 'any platform'));
  }
}

/** Of an index, what can run somewhere. */
function imagesOf({ manifests }: Manifest): readonly Descriptor[] {
  return manifests.filter(({ platform }) => !isNowhere(platform));
}

/**
 * All that a runtime may take for the platform: what cannot be told apart from it, and its fallbacks unless
 * every runtime finds something better. None where there are only fallbacks.
 */
function forPlatform(index: Manifest, name: string): readonly Descriptor[] {
  const wanted = parsePlatform(name);
  const images = imagesOf(index);
  const same = images.filter(({ platform }) => fitOf(platform, wanted) === 'same');
  if (same.length === 0 || same.some(({ platform }) => isSure(platform, wanted))) return same;
  return images.filter(({ platform }) => fitOf(platform, wanted) !== 'other');
}

/** One of each digest. */
function distinct(descriptors: readonly Descriptor[]): readonly Descriptor[] {
  return [...new Map(descriptors.map(each => [each.digest, each])).values()];
}

function nonePlatform(index: Manifest, platform: string): string {
  return `the index has no manifest for ${platform}: ${namesOf(imagesOf(index)) || 'it is empty'}`;
}

function severalFor(images: readonly Descriptor[], platform: string): string {
  return `the index has ${images.length} manifests that may be for ${platform}: ${namesOf(images)}`;
}

function namesOf(images: readonly Descriptor[]): string {
  const names = images.map(({ platform }) => platform?.name || 'one that is not named');
  return names.slice(0, 10).join(', ');
}
