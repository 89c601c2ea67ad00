import { sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchPinned, lookUp } from '../../../src/cli/outside.ts';
import { createResolver } from '../../../src/evidence/index.ts';
import { policyOf, verdictOn } from '../../decide/decided.ts';
import { certify, selfSigned } from '../certificate.ts';
import { trust } from '../server.ts';
import { TestLog } from '../signatures/test-log.ts';
import { type Registry, startRegistry } from './docker-registry.ts';
import { digestOf, Pusher, payloadOf } from './pushing.ts';

/** A certificate authority and a log of our own, in place of Fulcio and Rekor. */
const authority = certify({ commonName: 'authority', authority: true });
const log = new TestLog();
const trustRoots = [{ name: 'acme', json: log.trustRoot(authority) }];
const issuer = 'https://token.actions.acme.io';
const subject = 'release@acme.io';
const valid = { notBefore: '2026-11-01T00:00:00Z', notAfter: '2026-11-01T00:10:00Z' };

const identity = selfSigned();
let registry: Registry;
let push: Pusher;
beforeAll(async () => {
  registry = await startRegistry(identity);
  trust(identity.cert);
  push = new Pusher(registry.host);
});
afterAll(() => registry?.close());

/** What is not as it should be about a signature. */
interface Flaw {
  readonly email?: string;
  readonly issuer?: string;
  /** When the log says that it was signed. */
  readonly at?: string;
  /** The image that was signed in place of this one. */
  readonly about?: string;
  readonly payload?: (signed: string) => string;
  readonly by?: typeof authority;
  readonly without?: 'certificate' | 'bundle';
}

/** Pushes an image and its signature, and decides on it by tag. */
async function decided(name: string, flaw: Flaw = {}) {
  const { digest } = await push.image(name, '1');
  const form = { ...valid, email: flaw.email ?? subject, claims: { 8: flaw.issuer ?? issuer } };
  const holder = certify(form, flaw.by ?? authority);
  const payload = payloadOf(flaw.about ?? digest);
  const signature = sign('sha256', Buffer.from(payload), holder.privateKey).toString('base64');
  const bundle = log.bundle(Buffer.from(payload), signature, holder.pem, flaw.at ?? '2026-11-01T00:05:00Z');
  await push.attachSignature(name, digest, flaw.payload?.(payload) ?? payload, {
    signature,
    ...(flaw.without !== 'certificate' && { certificate: holder.pem }),
    ...(flaw.without !== 'bundle' && { bundle }),
  });
  const clock = () => performance.now();
  const outside = { fetch: fetchPinned, lookup: lookUp, clock, privateHosts: ['localhost'] };
  const asOf = BigInt(Date.parse('2026-11-20T00:00:00Z')) * 1_000_000n;
  const evidence = createResolver(outside, { asOf, trustRoots });
  const policy = policyOf(`package a\nrequire signature by ${JSON.stringify({ issuer, subject })}\n`);
  const verdict = await verdictOn([policy], { images: [`${registry.host}/${name}:1`] }, { evidence, asOf });
  return { decision: verdict.decision, digest, seen: verdict.images[0]!.evidence[0]! };
}

describe('a signature by an identity, at a registry', () => {
  it('allows the image, and says who signed it and when', async () => {
    const { decision, digest, seen } = await decided('acme/keyless');
    expect(decision).toBe('allow');
    expect(seen).toMatchObject({ verified: true, digest, identity: { issuer, subject, root: 'acme' } });
    expect(seen.at).toBe('2026-11-01T00:05:00.000Z');
  });

  it.each<[string, Flaw, string]>([
    ['subject', { email: 'mallory@acme.io' }, 'the subject is mallory@acme.io'],
    ['issuer', { issuer: 'https://accounts.acme.io' }, 'the issuer is https://accounts.acme.io'],
    ['certificate that had expired', { at: '2026-11-01T00:11:00Z' }, 'certificate'],
    ['certificate that was not yet valid', { at: '2026-10-31T23:59:00Z' }, 'certificate'],
    ['authority', { by: certify({ commonName: 'authority', authority: true }) }, 'certificate'],
    ['digest', { about: digestOf('other') }, 'for another digest'],
    ['payload', { payload: signed => `${signed} ` }, 'digest mismatch'],
    ['log entry that was stripped', { without: 'bundle' }, 'it has no log entry'],
    ['certificate that was stripped', { without: 'certificate' }, 'it carries no certificate'],
  ])('denies another %s', async (what, flaw, reason) => {
    const { decision, seen } = await decided(`acme/${what.replaceAll(' ', '-')}`, flaw);
    expect(decision).toBe('deny');
    expect(seen).toMatchObject({ verified: false, reason: expect.stringContaining(reason) });
  });

  it('counts for no other image to which it is attached', async () => {
    const { digest } = await push.image('acme/original', '1');
    const { decision, seen } = await decided('acme/replayed', { about: digest });
    expect(decision).toBe('deny');
    expect(seen.reason).toContain('for another digest');
  });
});
