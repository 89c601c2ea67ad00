import { createHash } from 'node:crypto';
import type { Outside, OutsideRequest } from '../../../src/evidence/index.ts';

export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | null;
}

type Answering = (request: OutsideRequest) => Response | Promise<Response>;

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export function digestOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Registries without a network: what is put there is answered, and each request noted. */
export class FakeRegistries {
  readonly sent: Sent[] = [];
  /** Asked before what is put; undefined lets it pass. */
  before: (request: OutsideRequest) => Response | Promise<Response> | undefined = () => undefined;
  now = 0;
  private readonly routes = new Map<string, Answering>();

  /** Of what is asked here; `lookup` knows no name as private. */
  outside(more: Partial<Outside> = {}): Outside {
    return {
      fetch: async request => {
        const { method, url, headers, signal } = request;
        this.sent.push({ method, url: url.href, authorization: headers.get('authorization') });
        signal.throwIfAborted();
        const early = await this.before(request);
        if (early !== undefined) return early;
        const answer = this.routes.get(url.href);
        return answer === undefined ? new Response('{}', { status: 404 }) : answer(request);
      },
      lookup: async () => ['93.184.215.14'],
      clock: () => this.now,
      ...more,
    };
  }

  put(url: string, answer: Answering): void {
    this.routes.set(url, answer);
  }

  /** A blob below `https://HOST/v2/NAME`. */
  blob(
    base: string,
    content: string | Uint8Array<ArrayBuffer>,
    mediaType = 'application/octet-stream',
  ): Descriptor {
    const digest = digestOf(content);
    this.put(`${base}/blobs/${digest}`, () => new Response(content));
    return { mediaType, digest, size: Buffer.byteLength(content) };
  }

  /** A manifest by its digest, and by its tags. */
  manifest(base: string, document: object, ...tags: readonly string[]): Descriptor {
    const text = JSON.stringify(document);
    const mediaType = 'manifests' in document ? indexType : manifestType;
    const digest = digestOf(text);
    for (const name of [digest, ...tags])
      this.put(`${base}/manifests/${name}`, ({ method }) => {
        const headers = { 'content-type': mediaType, 'docker-content-digest': digest };
        return new Response(method === 'HEAD' ? null : text, { headers });
      });
    return { mediaType, digest, size: Buffer.byteLength(text) };
  }

  /** An image with nothing in it. */
  image(base: string, label: string, ...tags: readonly string[]): Descriptor {
    const config = this.blob(base, JSON.stringify({ config: { Labels: { label } } }));
    return this.manifest(base, imageOf(config), ...tags);
  }
}

export function imageOf(config: Descriptor, more: object = {}): object {
  return { schemaVersion: 2, mediaType: manifestType, config, layers: [], ...more };
}

export function indexOf(manifests: readonly object[], more: object = {}): object {
  return { schemaVersion: 2, mediaType: indexType, manifests, ...more };
}
