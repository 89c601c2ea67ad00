import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../src/values/index.ts';
import { AcmeImages, type Circumstances } from './acme-images.ts';
import { envelopeOf, type Signer, signer } from './e2e/pushing.ts';

const type = 'https://slsa.dev/provenance/v1';
const [alice, bob] = [signer(), signer()];
const authorities = [{ key: alice.pem }, { key: bob.pem }];

let images: AcmeImages;
let amd: string;
let arm: string;
let digest: string;
beforeEach(() => {
  images = new AcmeImages();
  [amd, arm] = [images.image('amd'), images.image('arm')];
  digest = images.index({ 'linux/amd64': amd, 'linux/arm64': arm });
});

const envelope = (of: string, by: Signer, builder = 'b') => envelopeOf(of, by, type, { builder }) as Json;
const attach = (of: string, ...by: readonly Signer[]) =>
  images.attachEnvelopes(of, ...by.map(each => envelope(of, each)));
const ask = (circumstances: Circumstances = {}) =>
  images.ask('attestation', { type, authorities }, { digest, ...circumstances });

describe('attestations of the manifests of an index', () => {
  it('stand for it where each has one by the same authority', async () => {
    attach(amd, alice, bob);
    attach(arm, bob);
    const answer = await ask();
    expect(answer).toMatchObject({ status: 'verified', count: 1, authorities: [{ key: bob.pem }] });
    expect(answer).not.toHaveProperty('statements');
    expect(answer.parts).toMatchObject([
      { about: 'linux/amd64', digest: amd },
      { about: 'linux/arm64', digest: arm, statements: [{ predicate: { builder: 'b' } }] },
    ]);
    expect(answer.parts[0].statements).toHaveLength(2);
  });

  it('do not where one has none, or where no authority has signed for all', async () => {
    attach(amd, alice);
    expect(await ask()).toMatchObject({
      status: 'unverified',
      reason: expect.stringContaining('linux/arm64'),
    });
    attach(arm, bob);
    expect(await ask()).toMatchObject({
      status: 'unverified',
      reason: 'no authority has signed all manifests of the index',
    });
  });

  it('are not known where those of one could not be had', async () => {
    attach(amd, alice);
    attach(arm, alice);
    images.registry.before = ({ url }) =>
      url.pathname.endsWith(`${arm.replace(':', '-')}.att`) ? new Response(null, { status: 403 }) : undefined;
    expect((await ask()).status).toBe('unavailable');
  });

  it('are those of the one that runs where the platform is chosen', async () => {
    attach(arm, alice);
    const registry = { platform: 'linux/arm64' };
    expect(await ask({ registry })).toMatchObject({ status: 'verified', statements: [{ subject: [{}] }] });
    expect((await ask({ registry: { platform: 'linux/amd64' } })).status).toBe('absent');
  });
});

describe('an attestation of an index', () => {
  it('that is at the registry stands for all of it', async () => {
    images.attachEnvelopes(digest, envelope(digest, alice));
    attach(amd, bob);
    expect(await ask()).toMatchObject({ status: 'verified', count: 1, statements: [{}] });
  });

  it('that was sent hides nothing of its manifests', async () => {
    const sent = [{ type: 'attestation', content: envelope(digest, alice, 'sent') }];
    const buildersOf = (part: { statements: { predicate: { builder: string } }[] }) =>
      part.statements.map(({ predicate }) => predicate.builder).sort();
    expect((await ask({ sent })).parts.map(buildersOf)).toEqual([['sent'], ['sent']]);
    attach(amd, alice);
    expect((await ask({ sent })).parts.map(buildersOf)).toEqual([['b', 'sent'], ['sent']]);
    const chosen = await ask({ sent, registry: { platform: 'linux/amd64' } });
    expect(buildersOf(chosen)).toEqual(['b', 'sent']);
    images.registry.before = ({ url }) =>
      url.pathname.endsWith(`${arm.replace(':', '-')}.att`) ? new Response(null, { status: 403 }) : undefined;
    expect((await ask({ sent })).status).toBe('unavailable');
  });
});
