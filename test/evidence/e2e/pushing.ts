import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { fetchPinned } from '../../../src/cli/outside.ts';

export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';
const signatureType = 'application/vnd.dev.cosign.simplesigning.v1+json';
const statementType = 'application/vnd.in-toto+json';

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export interface Signer {
  readonly key: KeyObject;
  /** The public key in PEM. */
  readonly pem: string;
}

export function signer(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { key: privateKey, pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
}

/** Pushes to a registry by its HTTP API. */
export class Pusher {
  readonly host: string;
  private readonly user: string | undefined;

  /** `user` is `name:password`. */
  constructor(host: string, user?: string) {
    this.host = host;
    this.user = user;
  }

  async blob(name: string, content: string, mediaType = 'application/octet-stream'): Promise<Descriptor> {
    const body = new TextEncoder().encode(content);
    const digest = digestOf(content);
    const { headers } = await this.send('POST', `/v2/${name}/blobs/uploads/`, 202);
    const upload = new URL(headers.get('location')!, `https://${this.host}`);
    upload.searchParams.set('digest', digest);
    await this.send('PUT', upload.pathname + upload.search, 201, body, 'application/octet-stream');
    return { mediaType, digest, size: body.length };
  }

  /** Without a tag, by its digest. */
  async manifest(name: string, document: object, tag?: string): Promise<Descriptor> {
    const text = JSON.stringify(document);
    const mediaType = 'manifests' in document ? indexType : manifestType;
    const digest = digestOf(text);
    const body = new TextEncoder().encode(text);
    await this.send('PUT', `/v2/${name}/manifests/${tag ?? digest}`, 201, body, mediaType);
    return { mediaType, digest, size: body.length };
  }

  /** An image of a configuration alone; a label makes it another one. */
  async image(name: string, tag: string | undefined, labels: object = { build: `${name}:${tag}` }) {
    const config = await this.blob(
      name,
      JSON.stringify({ architecture: 'amd64', os: 'linux', config: { Labels: labels } }),
      'application/vnd.oci.image.config.v1+json',
    );
    const layer = await this.blob(name, 'layer', 'application/vnd.oci.image.layer.v1.tar');
    return this.manifest(name, { schemaVersion: 2, mediaType: manifestType, config, layers: [layer] }, tag);
  }

  index(name: string, manifests: readonly object[], tag: string): Promise<Descriptor> {
    return this.manifest(name, { schemaVersion: 2, mediaType: indexType, manifests }, tag);
  }

  /** A signature as `cosign sign --key` attaches it. */
  async sign(name: string, digest: string, { key }: Signer, about = digest): Promise<void> {
    const payload = payloadOf(about, `${this.host}/${name}`);
    const signature = sign('sha256', Buffer.from(payload), key).toString('base64');
    await this.attachSignature(name, digest, payload, { signature });
  }

  /** The annotations are those of cosign, by the last part of their names. */
  async attachSignature(
    name: string,
    digest: string,
    payload: string,
    { signature, ...more }: { readonly signature: string; readonly [annotation: string]: string },
  ): Promise<void> {
    const layer = await this.blob(name, payload, signatureType);
    const others = Object.entries(more).map(([key, value]) => [`dev.sigstore.cosign/${key}`, value]);
    const annotations = { 'dev.cosignproject.cosign/signature': signature, ...Object.fromEntries(others) };
    await this.attach(name, digest, 'sig', [{ ...layer, annotations }]);
  }

  /** An attestation as `cosign attest --key` attaches it. */
  async attest(name: string, digest: string, by: Signer, type: string, predicate: object): Promise<void> {
    const envelope = JSON.stringify(envelopeOf(digest, by, type, predicate));
    const layer = await this.blob(name, envelope, 'application/vnd.dsse.envelope.v1+json');
    await this.attach(name, digest, 'att', [
      { ...layer, annotations: { 'dev.cosignproject.cosign/signature': '', predicateType: type } },
    ]);
  }

  /** An artefact about a digest, listed under the tag for registries without a referrers API. */
  async refer(name: string, subject: Descriptor, artifactType: string, content: string): Promise<void> {
    const config = await this.blob(name, '{}', 'application/vnd.oci.empty.v1+json');
    const layer = await this.blob(name, content, artifactType);
    const document = {
      schemaVersion: 2,
      mediaType: manifestType,
      artifactType,
      config,
      layers: [layer],
      subject,
    };
    const artifact = await this.manifest(name, document);
    await this.index(name, [{ ...artifact, artifactType }], subject.digest.replace(':', '-'));
  }

  async attach(name: string, digest: string, suffix: string, layers: readonly object[]): Promise<void> {
    const config = await this.blob(name, '{}', 'application/vnd.oci.image.config.v1+json');
    const document = { schemaVersion: 2, mediaType: manifestType, config, layers };
    await this.manifest(name, document, `${digest.replace(':', '-')}.${suffix}`);
  }

  async remove(name: string, digest: string): Promise<void> {
    await this.send('DELETE', `/v2/${name}/manifests/${digest}`, 202);
  }

  /** What a tag stands for. */
  async digestOf(name: string, tag: string): Promise<string> {
    const { headers } = await this.send('HEAD', `/v2/${name}/manifests/${tag}`, 200, undefined, manifestType);
    return headers.get('docker-content-digest')!;
  }

  private async send(
    method: string,
    path: string,
    status: number,
    body?: Uint8Array<ArrayBuffer>,
    type?: string,
  ) {
    const headers = new Headers(body === undefined ? {} : { 'content-type': type! });
    if (type !== undefined) headers.set('accept', type);
    if (this.user !== undefined) headers.set('authorization', `Basic ${btoa(this.user)}`);
    const url = new URL(path, `https://${this.host}`);
    const { signal } = new AbortController();
    const response = await fetchPinned({ url, method, headers, signal, ...(body !== undefined && { body }) });
    const text = await new Response(response.body as ReadableStream).text();
    if (response.status !== status) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return response;
  }
}

/** A DSSE envelope with an in-toto statement about a digest. */
export function envelopeOf(digest: string, { key }: Signer, type: string, predicate: object): object {
  const [algorithm, hex] = digest.split(':') as [string, string];
  const statement = JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'image', digest: { [algorithm]: hex } }],
    predicateType: type,
    predicate,
  });
  const encoded = `DSSEv1 ${statementType.length} ${statementType} ${statement.length} ${statement}`;
  return {
    payloadType: statementType,
    payload: Buffer.from(statement).toString('base64'),
    signatures: [{ sig: sign('sha256', Buffer.from(encoded), key).toString('base64') }],
  };
}

/** What `cosign sign` signs of an image. */
export function payloadOf(digest: string, reference = ''): string {
  const critical = {
    identity: { 'docker-reference': reference },
    image: { 'docker-manifest-digest': digest },
    type: 'cosign container image signature',
  };
  return JSON.stringify({ critical, optional: null });
}

/** A signature as it is sent along with a request. */
export function signatureOf(
  digest: string,
  { key }: Signer,
): { readonly type: string; readonly content: { readonly payload: string; readonly signature: string } } {
  const payload = payloadOf(digest);
  const signature = sign('sha256', Buffer.from(payload), key).toString('base64');
  return { type: 'cosign-signature', content: { payload: btoa(payload), signature } };
}

export function digestOf(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
