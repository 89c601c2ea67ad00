import { beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/index.ts';
import { RegistryClient, repositoryOf } from '../../../src/evidence/index.ts';
import {
  findAttestations,
  findDocuments,
  findSignatures,
  type Place,
} from '../../../src/evidence/registry/index.ts';
import { digestOf, FakeRegistries, imageOf, indexOf, indexType } from './fake.ts';

const base = 'https://ghcr.io/v2/acme/api';
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const notationType = 'application/vnd.cncf.notary.signature';

let fake: FakeRegistries;
let subject: { readonly mediaType: string; readonly digest: string; readonly size: number };
let listed: object[];
beforeEach(() => {
  fake = new FakeRegistries();
  subject = fake.image(base, 'subject');
  listed = [];
  fake.put(`${base}/referrers/${subject.digest}`, () => {
    return new Response(JSON.stringify(indexOf(listed)), { headers: { 'content-type': indexType } });
  });
});

function place(): Place {
  return {
    client: new RegistryClient(fake.outside(), { pause: () => Promise.resolve() }),
    repository: repositoryOf('ghcr.io', 'acme/api'),
    digest: subject.digest,
    signal: new AbortController().signal,
  };
}

/** An artefact that the registry lists; `about` is what its manifest says it is about. */
function refer(
  artifactType: string,
  content: string,
  mediaType = artifactType,
  annotations = {},
  about = subject,
): void {
  const layer = fake.blob(base, content, mediaType);
  const config = fake.blob(base, '{}', 'application/vnd.oci.empty.v1+json');
  const artifact = fake.manifest(
    base,
    imageOf(config, { artifactType, layers: [layer], subject: about, annotations }),
  );
  listed.push({ ...artifact, artifactType, annotations });
}

describe('signatures at a registry', () => {
  it('are bundles and envelopes that refer to the image', async () => {
    refer(bundleType, '{"bundle": 1}');
    refer(notationType, 'jws', 'application/jose+json');
    refer(notationType, 'cose', 'application/cose');
    const { found, missed } = await findSignatures(place());
    expect(missed).toEqual([]);
    expect(found).toMatchObject([
      { kind: 'bundle', bundle: '{"bundle": 1}', source: 'ghcr.io, referrer' },
      { kind: 'notation', mediaType: 'application/jose+json' },
      { kind: 'notation', mediaType: 'application/cose' },
    ]);
    expect((await findAttestations(place())).found).toMatchObject([{ kind: 'bundle' }]);
  });

  it('are no attestations, as far as the list says', async () => {
    const says = (predicate: string) => ({
      'dev.sigstore.bundle.content': 'dsse-envelope',
      'dev.sigstore.bundle.predicateType': predicate,
    });
    refer(bundleType, '{"a": 1}', bundleType, says('https://slsa.dev/provenance/v1'));
    refer(bundleType, '{"s": 1}', bundleType, says('https://sigstore.dev/cosign/sign/v1'));
    expect((await findSignatures(place())).found).toMatchObject([{ bundle: '{"s": 1}' }]);
  });

  it('are found where the list says nothing of them', async () => {
    refer(bundleType, '{"bundle": 1}');
    listed = listed.map(each => ({ ...each, artifactType: undefined }));
    expect((await findSignatures(place())).found).toHaveLength(1);
    listed = listed.map(each => ({ ...each, artifactType: 'application/vnd.oci.empty.v1+json' }));
    expect((await findSignatures(place())).found).toHaveLength(1);
  });

  it('are not those of another image that the registry lists', async () => {
    refer(bundleType, '{"bundle": 1}', bundleType, {}, { ...subject, digest: digestOf('another') });
    expect(await findSignatures(place())).toEqual({ found: [], missed: [] });
  });

  it('that cannot be had take nothing from the others, and are not passed over', async () => {
    refer(bundleType, '{"lost": 1}');
    refer(bundleType, '{"kept": 1}');
    fake.put(`${base}/blobs/${digestOf('{"lost": 1}')}`, () => new Response(null, { status: 404 }));
    const { found, missed } = await findSignatures(place());
    expect(found).toMatchObject([{ bundle: '{"kept": 1}' }]);
    expect(missed).toEqual([`ghcr.io does not have ${digestOf('{"lost": 1}')}`]);
  });

  it('are not looked at without end, and that is said', async () => {
    for (let i = 0; i < limits.candidates + 3; i++) refer(bundleType, `{"n": ${i}}`);
    const { found, missed } = await findSignatures(place());
    expect(found).toHaveLength(limits.candidates);
    expect(missed).toEqual([`only ${limits.candidates} of ${limits.candidates + 3} were looked at`]);
  });
});

describe('documents at a registry', () => {
  it('are all that refers to the image and signs nothing, and the tags of cosign', async () => {
    refer('application/sarif+json', '{"sarif": 1}');
    refer(notationType, 'jws', 'application/jose+json');
    const layer = fake.blob(base, '{"sbom": 1}', 'text/spdx+json');
    const config = fake.blob(base, '{}');
    fake.manifest(base, imageOf(config, { layers: [layer] }), `${subject.digest.replace(':', '-')}.sbom`);
    const { found } = await findDocuments(place());
    expect(found).toEqual([
      { text: '{"sarif": 1}', source: 'ghcr.io, referrer' },
      { text: '{"sbom": 1}', source: 'ghcr.io, tag .sbom' },
    ]);
  });
});
