import { limits } from '../base/index.ts';
import type { AskedImage } from './image-question.ts';
import { refuse } from './look-up-error.ts';
import type { Descriptor, Manifest, RegistryClient, Repository } from './registry/index.ts';

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
   * it names none, or the only one. Throws a LookUpError where there is none for it.
   */
  async single(repository: Repository, manifest: Manifest, signal: AbortSignal): Promise<Manifest> {
    if (manifest.kind === 'image') return manifest;
    const platform = this.platform ?? usualPlatform;
    const [chosen] = forPlatform(manifest, platform, this.platform === undefined);
    if (chosen === undefined) return refuse(nonePlatform(manifest, platform));
    const image = await this.client.manifest(repository, chosen.digest, signal);
    if (image === undefined) return refuse(`${repository.registry} does not have ${chosen.digest}`);
    return image.kind === 'image' ? image : refuse('the index holds an index');
  }

  /**
   * The manifests of an index of which each must be signed where the index itself is not: all that can run
   * on the platform of the deployment, or, where it names none, on any, for nobody knows which will run.
   */
  platforms(index: Manifest): readonly Descriptor[] {
    const wanted = this.platform === undefined ? imagesOf(index) : forPlatform(index, this.platform, false);
    const distinct = [...new Map(wanted.map(each => [each.digest, each])).values()];
    if (distinct.length > limits.platforms) refuse(`the index has more than ${limits.platforms} platforms`);
    return distinct.length > 0 ? distinct : refuse(nonePlatform(index, this.platform ?? 'any platform'));
  }
}

/** Of an index, what can run: BuildKit puts its attestations beside, for a platform that is none. */
function imagesOf({ manifests }: Manifest): readonly Descriptor[] {
  return manifests.filter(({ platform }) => platform !== 'unknown/unknown');
}

/** The manifest of that very platform first, then those of its variants and of none; `any` takes the only one. */
function forPlatform(index: Manifest, wanted: string, any: boolean): readonly Descriptor[] {
  const images = imagesOf(index);
  if (any && images.length === 1) return images;
  return [
    ...images.filter(({ platform }) => platform === wanted),
    ...images.filter(({ platform }) => platform?.startsWith(`${wanted}/`)),
    ...images.filter(({ platform }) => platform === undefined),
  ];
}

function nonePlatform(index: Manifest, platform: string): string {
  const names = imagesOf(index).map(each => each.platform ?? 'one that is not named');
  return `the index has no manifest for ${platform}: ${names.slice(0, 10).join(', ') || 'it is empty'}`;
}
