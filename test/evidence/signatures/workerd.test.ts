import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Question, sha256 } from './cases.ts';
import { Workerd } from './workerd.ts';

function fixture(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
}

function text(name: string): string {
  return fixture(name).toString().trim();
}

const subject = { digest: sha256(fixture('manifest.json')) };
const type = 'https://acme.io/review/v1';
const layers = ['ecdsa', 'rsa', 'ed25519'].map((kind): [string, Question] => [
  `a layer signed with ${kind}`,
  {
    subject,
    material: [
      { kind: 'simple_signing', payload: fixture('payload.json'), signature: text(`payload.${kind}.sig`) },
    ],
    authorities: { key: text(`${kind}.pub`) },
  },
]);
const questions: readonly [string, Question][] = [
  ...layers,
  [
    'an envelope signed with Ed25519ph',
    {
      subject,
      type,
      material: [{ kind: 'dsse', envelope: text('attestation.dsse.json') }],
      authorities: { key: text('ed25519.pub') },
    },
  ],
  [
    'a bundle with a statement',
    {
      subject,
      type,
      material: [{ kind: 'bundle', bundle: text('attestation.sigstore.json') }],
      authorities: { key: text('ecdsa.pub') },
    },
  ],
  [
    'a bundle that signs a digest',
    {
      subject,
      material: [{ kind: 'bundle', bundle: text('manifest.sigstore.json') }],
      authorities: { key: text('ecdsa.pub') },
    },
  ],
  [
    'an envelope of the Notary Project',
    {
      subject: { digest: sha256('manifest') },
      material: [
        { kind: 'notation', mediaType: 'application/jose+json', envelope: fixture('timestamped.jws.json') },
      ],
      authorities: { notation: { trust_store: text('timestamped.pem'), identities: ['CN=release'] } },
      now: '2026-12-01T00:00:00Z',
    },
  ],
];

it('verifies in workerd what it verifies in Node', async () => {
  const workerd = await Workerd.start();
  try {
    const replies = await workerd.ask(questions.map(([, question]) => question));
    const found = replies.map(({ answer }, i) => [questions[i]![0], answer['status']]);
    expect(found).toEqual(questions.map(([name]) => [name, 'verified']));
    const others = questions.map(([, question]) => ({ ...question, subject: { digest: sha256('other') } }));
    for (const { answer } of await workerd.ask(others))
      expect(answer).toMatchObject({ status: 'unverified' });
  } finally {
    await workerd.stop();
  }
});
