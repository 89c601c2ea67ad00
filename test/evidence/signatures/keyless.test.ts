import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/values/index.ts';
import { type CertificateForm, certify, type Holder, pemOf } from '../certificate.ts';
import { ask } from './ask.ts';
import { sha256 } from './cases.ts';
import { TestLog } from './test-log.ts';

const digest = sha256('manifest');
const payload = Buffer.from(
  JSON.stringify({
    critical: {
      identity: { 'docker-reference': 'registry.acme.io/app' },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    },
    optional: null,
  }),
);
const log = new TestLog();
const authority = certify({ commonName: 'authority', authority: true });
const roots = [{ name: 'acme', json: log.trustRoot(authority) }];

const issuer = 'https://accounts.acme.io';
const subject = 'release@acme.io';
const by = { issuer, subject };
const form: CertificateForm = {
  email: subject,
  notBefore: '2026-03-01T12:00:00Z',
  notAfter: '2026-03-01T12:10:00Z',
  claims: { 8: issuer, 5: 'acme/app', 12: 'https://github.com/acme/app' },
};
const signing = '2026-03-01T12:05:00Z';

function layer(
  signer: Holder = certify(form, authority),
  at: string | undefined = signing,
  logged = signer.pem,
) {
  const signature = sign('sha256', payload, signer.privateKey).toString('base64');
  const bundle = at === '' ? {} : { bundle: log.bundle(payload, signature, logged, at) };
  return { kind: 'simple_signing', payload, signature, certificate: signer.pem, ...bundle } as const;
}

async function answer(material: ReturnType<typeof layer>, authorities: Json = by, trustRoots = roots) {
  return ask({ subject: { digest }, material: [material], authorities, trustRoots });
}

describe('signatures without a key of one’s own', () => {
  it('tell who has signed, and when', async () => {
    const { answer: found, signatures } = await answer(layer());
    expect(found).toEqual({ status: 'verified', count: 1, authorities: [by] });
    expect(signatures).toMatchObject([
      {
        verified: true,
        authority: subject,
        identity: { issuer, subject, root: 'acme' },
        at: '2026-03-01T12:05:00.000Z',
      },
    ]);
  });

  it.each<[string, Json]>([
    ['a glob', { issuer: 'https://*.acme.io', subject: '*@acme.io' }],
    [
      'an expression',
      { issuer: { regex: 'https://[a-z]+\\.acme\\.io' }, subject: { regex: '(release|build)@acme\\.io' } },
    ],
    ['a claim', { ...by, source_repository: 'https://github.com/acme/*' }],
    ['a claim by its long name', { ...by, source_repository_uri: 'https://github.com/acme/app' }],
    ['an old claim', { ...by, github_workflow_repository: 'acme/*' }],
    ['one of several authorities', [{ issuer, subject: 'other@acme.io' }, by]],
  ])('are matched by %s', async (_what, authorities) => {
    expect((await answer(layer(), authorities)).answer).toMatchObject({ status: 'verified', count: 1 });
  });

  it.each<[string, Json, string]>([
    ['another issuer', { issuer: 'https://other.io', subject }, `the issuer is ${issuer}`],
    ['another subject', { issuer, subject: 'nobody@acme.io' }, `the subject is ${subject}`],
    ['a part of the subject', { issuer, subject: { regex: 'release' } }, `the subject is ${subject}`],
    ['another claim', { ...by, source_repository: 'https://github.com/acme/b' }, 'source_repository is'],
    ['a claim that is not there', { ...by, build_trigger: 'push' }, 'the certificate has no build_trigger'],
    ['a claim that is none', { ...by, favourite_colour: 'red' }, 'no claim that certificates of Fulcio have'],
    ['a key', { key: pemOf(certify().publicKey) }, 'the key has not signed it'],
    ['an authority of its own', chainOf(certify({ authority: true })), 'no valid chain'],
  ])('are not matched by %s', async (_what, authorities, reason) => {
    const { answer: found } = await answer(layer(), authorities);
    expect(found).toMatchObject({ status: 'unverified', count: 0 });
    expect(found['reason']).toContain(reason);
  });

  function chainOf({ pem }: Holder): Json {
    return { certificate_chain: pem, subject };
  }
});

describe('a signature without a key does not count', () => {
  it.each<[string, () => ReturnType<typeof layer>, string]>([
    ['where nothing proves its time', () => layer(undefined, ''), 'it has no log entry'],
    [
      'made after the certificate expired',
      () => layer(undefined, '2026-03-01T12:11:00Z'),
      'certificate chain',
    ],
    [
      'made before the certificate was valid',
      () => layer(undefined, '2026-03-01T11:59:00Z'),
      'certificate chain',
    ],
    [
      'with a certificate that is valid now and was not then',
      () => layer(certify({ ...form, notAfter: '2030-01-01T00:00:00Z' }, authority), '2026-02-01T00:00:00Z'),
      'certificate chain',
    ],
    [
      'made in the future',
      () => layer(certify({ ...form, notAfter: '2030-01-01T00:00:00Z' }, authority), '2027-01-01T00:00:00Z'),
      'in the future',
    ],
    [
      'with a certificate of another authority',
      () => layer(certify(form, certify({ commonName: 'authority', authority: true }))),
      'certificate chain',
    ],
    ['with a certificate that signed itself', () => layer(certify(form)), 'certificate chain'],
    [
      'with a certificate for servers',
      () => layer(certify({ ...form, use: 'serverAuth' }, authority)),
      'not for signing code',
    ],
    [
      'with a certificate that names nobody',
      () =>
        layer(
          certify({ claims: form.claims!, notBefore: form.notBefore!, notAfter: form.notAfter! }, authority),
        ),
      'names no subject',
    ],
    [
      'with a certificate without an issuer of identities',
      () => layer(certify({ ...form, claims: {} }, authority)),
      'names no issuer',
    ],
    [
      'logged for another key',
      () => layer(undefined, signing, certify(form, authority).pem),
      'the log entry is for another key',
    ],
    ['without its certificate', () => ({ ...layer(), certificate: '' }), 'it carries no certificate'],
    [
      'with the log entry of another signature',
      () => ({ ...layer(), bundle: layer().bundle! }),
      'signature mismatch',
    ],
    [
      'with a log entry whose time was changed',
      () => {
        const made = layer(undefined, '2026-03-02T00:00:00Z');
        return {
          ...made,
          bundle: made.bundle!.replace(
            /"integratedTime":\d+/u,
            `"integratedTime":${Date.parse(signing) / 1000}`,
          ),
        };
      },
      'promise to include its entry is not valid',
    ],
    [
      'with the entry of a log that is not trusted',
      () => {
        const made = layer();
        const signer = made.certificate;
        return { ...made, bundle: new TestLog().bundle(payload, made.signature, signer, signing) };
      },
      'the log of its entry is not trusted',
    ],
  ])('%s', async (_what, make, reason) => {
    const { answer: found } = await answer(make());
    expect(found).toMatchObject({ status: 'unverified', count: 0 });
    expect(found['reason']).toContain(reason);
  });

  it('under no trust root, or the public one', async () => {
    const { publicGoodRoot } = await import('../../../src/evidence/signatures/index.ts');
    expect((await answer(layer(), by, [])).answer['reason']).toContain('no trust root is set up');
    expect(
      (await answer(layer(), by, [{ ...(await publicGoodRoot()), name: 'public' }])).answer['status'],
    ).toBe('unverified');
  });

  it('under a trust root that cannot be read', async () => {
    const { answer: found } = await answer(layer(), by, [{ name: 'broken', json: '{}' }]);
    expect(found).toMatchObject({ status: 'unverified' });
    expect(found['reason']).toContain('trust root broken');
    const endless = [{ name: 'endless', json: roots[0]!.json.replaceAll('"start"', '"from"') }];
    const { answer: other } = await answer(layer(), by, endless);
    expect(other['reason']).toContain('does not say since when it is valid');
  });
});

describe('signatures under a chain of one’s own', () => {
  const intermediate = certify({ commonName: 'intermediate', authority: true }, authority);
  const signer = certify({ email: subject }, intermediate);
  const chain = { certificate_chain: `${intermediate.pem}${authority.pem}`, subject };

  it('count while the certificate is valid', async () => {
    expect((await answer(layer(signer, ''), chain)).answer).toMatchObject({ status: 'verified', count: 1 });
  });

  it('count where the link came along', async () => {
    const material = { ...layer(signer, ''), chain: intermediate.pem };
    const root = { certificate_chain: authority.pem, subject };
    expect((await answer(material, root)).answer).toMatchObject({ status: 'verified' });
  });

  it('count after the certificate expired where a log tells that it was valid', async () => {
    const expired = certify({ email: subject, notAfter: '2026-03-01T12:10:00Z' }, intermediate);
    expect((await answer(layer(expired), chain)).answer).toMatchObject({ status: 'verified' });
    expect((await answer(layer(expired, ''), chain)).answer).toMatchObject({ status: 'unverified' });
  });

  it.each<[string, CertificateForm, Json, string]>([
    ['of another subject', {}, { ...chain, subject: 'other@acme.io' }, `the subject is ${subject}`],
    ['that is not valid yet', { notBefore: '2027-01-01T00:00:00Z' }, chain, 'no valid chain'],
    ['for servers', { use: 'serverAuth' }, chain, 'not for signing code'],
    ['of an authority', { authority: true }, chain, 'one of an authority'],
    [
      'where the chain is none',
      {},
      { ...chain, certificate_chain: certify({ authority: true }).pem },
      'no valid chain',
    ],
  ])('do not count with a certificate %s', async (_what, changed, authorities, reason) => {
    const material = layer(certify({ email: subject, ...changed }, intermediate), '');
    const { answer: found } = await answer(material, authorities);
    expect(found).toMatchObject({ status: 'unverified', count: 0 });
    expect(found['reason']).toContain(reason);
  });

  it('of one signer count once, whatever authorities take it in', async () => {
    const authorities = [chain, { ...chain, subject: '*@acme.io' }, { key: pemOf(signer.publicKey) }];
    expect((await answer(layer(signer, ''), authorities)).answer).toMatchObject({ count: 1 });
  });
});
