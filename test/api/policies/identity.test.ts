import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../src/api/index.ts';
import { PolicyLibrary } from '../../../src/bundles/index.ts';
import { PolicyCache } from '../../../src/decide/index.ts';
import { createTrustRule, libraryFiles, openDatabase } from '../../../src/store/index.ts';
import { TestIssuer } from '../access/issuer.ts';
import { newOrganisation } from '../organisations.ts';
import { denies, release } from './calls.ts';

const issuer = new TestIssuer();
const database = openDatabase(env.DB);
const app = createApp({
  library: new PolicyLibrary(libraryFiles),
  cache: new PolicyCache(),
  bindings: [],
  database,
  afterwards: () => undefined,
  now: () => Date.now(),
  clock: () => 0,
  log: () => undefined,
  record: () => undefined,
  version: 'test',
  outside: issuer.outside,
});

beforeAll(async () => {
  await issuer.addKey('a');
  const org = await newOrganisation('identified');
  await release('identified/web', org.admin, denies('latest'));
  const rule = { org: 'identified', label: 'x', issuer: issuer.url, audience: 'pratique' };
  const claims = { repository: 'acme/*' };
  await createTrustRule(
    database,
    { ...rule, claims, roles: ['evaluate'], createdBy: 'operator' },
    Date.now(),
  );
});

async function decide(policy: string, more: Readonly<Record<string, string>> = {}, claims = {}) {
  const authorization = `Bearer ${await issuer.sign(claims)}`;
  const headers = { authorization, 'content-type': 'application/json', ...more };
  const body = JSON.stringify({ policy, images: ['nginx'] });
  return (await app.request('/v1/evaluate', { method: 'POST', headers, body })).status;
}

describe('the identity of a job of CI', () => {
  it('decides by the policies of the organisation that trusts it', async () => {
    expect(await decide('identified/web')).toBe(200);
    expect(await decide('identified/absent')).toBe(404);
    expect(await decide('identified/web', {}, { repository: 'stranger/api' })).toBe(401);
    expect(await decide('stranger/web')).toBe(401);
  });

  it('says by a header for which organisation it decides by policies of the library', async () => {
    expect(await decide('production', { 'pratique-organisation': 'identified' })).toBe(200);
    expect(await decide('production', { 'pratique-organisation': 'stranger' })).toBe(401);
    expect(await decide('production')).toBe(401);
  });

  it('of one organisation finds nothing of another', async () => {
    expect(await decide('stranger/web', { 'pratique-organisation': 'identified' })).toBe(404);
  });
});

describe('a deployment that is not for everybody', () => {
  it('decides nothing without a credential', async () => {
    const headers = { 'content-type': 'application/json' };
    for (const policy of ['production', 'identified/web', { modules: denies('latest') }]) {
      const body = JSON.stringify({ policy, images: ['nginx'] });
      const evaluated = await app.request('/v1/evaluate', { method: 'POST', headers, body });
      const checked = await app.request('/v1/check', {
        method: 'POST',
        headers,
        body: JSON.stringify({ policy }),
      });
      expect([evaluated.status, checked.status]).toEqual([401, 401]);
    }
  });
});
