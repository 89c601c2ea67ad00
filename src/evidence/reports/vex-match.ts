import { isSameRepository } from './image-names.ts';
import { coversPackage, type PackageUrl, parsePackageUrl } from './package-url.ts';
import type { Sbom, VexIdentity, VexProduct, Vulnerability } from './report.ts';
import type { ReportSubject } from './subject.ts';

/** What VEX statements are held against: the image and its SBOMs. */
export interface VexContext {
  readonly subject: ReportSubject;
  readonly sboms: readonly Sbom[];
}

/** What a BOM-Link leads to: all that an SBOM is about, or a package in it. */
interface Linked {
  readonly isRoot: boolean;
  readonly purl?: string;
}

/** Decides whether products of VEX statements are the image, or a package in it. */
export class ProductMatcher {
  private readonly context: VexContext;
  private readonly urls = new Map<string, PackageUrl | undefined>();
  private readonly images = new Map<string, boolean>();
  private readonly links = new Map<string, Linked | undefined>();
  private readonly purls = new Map<Sbom, ReadonlyMap<string, string>>();

  constructor(context: VexContext) {
    this.context = context;
  }

  /**
   * Whether a product covers a vulnerability of the image. The image itself, or a package by its purl; with parts,
   * the product must be the image and a part the package. What cannot be told is not covered.
   */
  covers(product: VexProduct, vulnerability: Vulnerability): boolean {
    if (!this.coversVersion(product, vulnerability)) return false;
    if (product.parts.length === 0) return this.isImage(product) || this.isPackage(product, vulnerability);
    return this.isImage(product) && product.parts.some(part => this.isPackage(part, vulnerability));
  }

  private coversVersion({ versions }: VexProduct, { package: { version } }: Vulnerability): boolean {
    return versions === undefined || (version !== undefined && versions.includes(version));
  }

  private isImage(identity: VexIdentity): boolean {
    const { digests } = this.context.subject;
    return (
      identity.digests.some(digest => digests.includes(digest)) ||
      identity.purls.some(purl => cached(this.images, purl, () => this.isImageUrl(this.parse(purl)))) ||
      this.linked(identity.link)?.isRoot === true
    );
  }

  /** By digest; without one by repository, and by tag where one is given. */
  private isImageUrl(url: PackageUrl | undefined): boolean {
    if (url?.type !== 'oci' && url?.type !== 'docker') return false;
    const { digests, name } = this.context.subject;
    if (url.version?.includes(':')) return digests.includes(url.version);
    const repository = url.qualifiers.get('repository_url');
    if (name === undefined || repository === undefined || url.type !== 'oci') return false;
    const tag = url.qualifiers.get('tag') ?? url.version;
    if (tag !== undefined && !name.endsWith(`:${tag}`)) return false;
    return [repository, `${repository}/${url.name}`].some(
      text => text.endsWith(`/${url.name}`) && isSameRepository(text, name),
    );
  }

  private isPackage(identity: VexIdentity, vulnerability: Vulnerability): boolean {
    const { purl } = vulnerability.package;
    const found = purl === undefined ? undefined : this.parse(purl);
    if (found === undefined) return false;
    const linked = this.linked(identity.link)?.purl;
    const purls = linked === undefined ? identity.purls : [...identity.purls, linked];
    return purls.some(text => {
      const url = this.parse(text);
      return url !== undefined && url.type !== 'oci' && coversPackage(url, found);
    });
  }

  /** What a BOM-Link names, where the SBOM that it points to is one of the image's. */
  private linked(link: string | undefined): Linked | undefined {
    return link === undefined ? undefined : cached(this.links, link, () => this.follow(link));
  }

  private follow(link: string): Linked | undefined {
    const parts = /^urn:cdx:([^/#]+)\/(\d+)#(.+)$/s.exec(link);
    if (parts === null) return undefined;
    const [, serial, version, fragment] = parts;
    const sbom = this.context.sboms.find(
      each => each.serial_number === `urn:uuid:${serial}` && each.version === version,
    );
    if (sbom === undefined) return undefined;
    const refs = [fragment!, decoded(fragment!)];
    if (sbom.root !== undefined && refs.includes(sbom.root)) return { isRoot: true };
    const purls = cached(this.purls, sbom, () => purlsByRef(sbom));
    const purl = refs.map(ref => purls.get(ref)).find(found => found !== undefined);
    return purl === undefined ? undefined : { isRoot: false, purl };
  }

  private parse(purl: string): PackageUrl | undefined {
    return cached(this.urls, purl, () => parsePackageUrl(purl));
  }
}

function purlsByRef(sbom: Sbom): ReadonlyMap<string, string> {
  const purls = new Map<string, string>();
  for (const { ref, purl } of sbom.packages)
    if (ref !== undefined && purl !== undefined) purls.set(ref, purl);
  return purls;
}

function cached<K, V>(cache: Map<K, V>, key: K, make: () => V): V {
  if (!cache.has(key)) cache.set(key, make());
  return cache.get(key)!;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
