import {
  createResolver,
  type Evidence,
  type EvidenceNeed,
  type RegistrySettings,
  SentEvidence,
  type StoredDocument,
  type StoredEvidence,
} from '../../src/evidence/index.ts';
import { fromJson, type Json, type JsonObject, toJson } from '../../src/values/index.ts';
import { FakeRegistries, imageOf, indexOf } from './registry/fake.ts';
import { now } from './reports/documents.ts';

const base = 'https://registry.acme.io/v2/acme/api';
const envelopeType = 'application/vnd.dsse.envelope.v1+json';

export interface Sent {
  readonly type: string;
  readonly content: unknown;
}

export interface Circumstances {
  readonly sent?: readonly Sent[];
  readonly stored?: StoredEvidence;
  readonly registry?: RegistrySettings;
  /** Of another digest than the image's. */
  readonly digest?: string;
}

/** An image `registry.acme.io/acme/api`, its registry, and what is attached to it there. */
export class AcmeImages {
  readonly registry = new FakeRegistries();
  readonly digest: string;

  constructor() {
    this.digest = this.image('x');
  }

  image(label: string): string {
    return this.registry.image(base, label).digest;
  }

  /** An index of images for these platforms. */
  index(platforms: Readonly<Record<string, string>>): string {
    const manifests = Object.entries(platforms).map(([platform, digest]) => {
      const [os, architecture] = platform.split('/');
      const mediaType = 'application/vnd.oci.image.manifest.v1+json';
      return { mediaType, digest, size: 1, platform: { os, architecture } };
    });
    return this.registry.manifest(base, indexOf(manifests)).digest;
  }

  /** Puts layers under the tag that cosign has for them. */
  attach(
    suffix: string,
    mediaType: string,
    contents: readonly Json[],
    { annotations = {}, digest = this.digest }: { annotations?: object; digest?: string } = {},
  ): void {
    const layers = contents.map(content => {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      return { ...this.registry.blob(base, text, mediaType), annotations };
    });
    const config = this.registry.blob(base, '{}');
    this.registry.manifest(base, imageOf(config, { layers }), `${digest.replace(':', '-')}.${suffix}`);
  }

  attachEnvelopes(digest: string, ...envelopes: readonly Json[]): void {
    this.attach('att', envelopeType, envelopes, { digest });
  }

  fail(): void {
    this.registry.before = () => new Response(null, { status: 500 });
  }

  /** The answer to one question, with what was seen. */
  async ask(kind: string, request: JsonObject, circumstances: Circumstances = {}): Promise<Answer> {
    const { digest = this.digest, sent = [], stored, registry } = circumstances;
    const items = sent.map(item => ({
      type: item.type,
      content: fromJson(item.content as Json),
      subject: digest,
    }));
    const resolver = createResolver(this.registry.outside(), {
      asOf: now,
      sent: new SentEvidence(items),
      ...(stored && { stored }),
      registry: { pause: () => Promise.resolve(), ...registry },
    });
    const name = `registry.acme.io/acme/api@${digest}`;
    const image = { name, registry: 'registry.acme.io', repository: 'acme/api', digest };
    const need: EvidenceNeed = { kind, key: 'k', request: fromJson({ image, ...request }) };
    const found = (await resolver.resolve([need])).get('k')!;
    return { ...(toJson(found) as Answer), seen: resolver.seen?.(name) ?? [] };
  }
}

// biome-ignore lint/suspicious/noExplicitAny: an answer as JSON.
export type Answer = any & { readonly seen: readonly Evidence[] };

/** A store that holds these documents by digest, and counts how often it is asked. */
export class TestStore implements StoredEvidence {
  readonly asked: (readonly string[])[] = [];
  private readonly documents = new Map<string, StoredDocument[]>();

  put(digest: string, type: string, content: Json): this {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    this.documents.set(digest, [{ type, content: text }, ...(this.documents.get(digest) ?? [])]);
    return this;
  }

  async documentsOf(digests: readonly string[]): Promise<ReadonlyMap<string, readonly StoredDocument[]>> {
    this.asked.push(digests);
    return this.documents;
  }
}

/** A store that cannot be asked. */
export const brokenStore: StoredEvidence = {
  documentsOf: () => Promise.reject(new Error('D1_ERROR: no such table: secrets')),
};
