import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { versionDigest } from '../../src/bundles/index.ts';
import { readBundle, type VerificationKey } from '../../src/bundles/opa/index.ts';
import { changePolicy, openDatabase, subscribe } from '../../src/store/index.ts';
import { packed } from '../bundles/opa/archives.ts';
import { problemOf, send } from './client.ts';
import { newOrganisation, type TestOrganisation, tokenOf } from './organisations.ts';
import { publish } from './published.ts';

const database = openDatabase(env.DB);
const rules = (tag: string) => `package acme.prod\n\ndeny tag "${tag}"\n`;
const digestOf = (text: string) => versionDigest([{ path: 'policy.policy', text }]);

let acme: TestOrganisation;
let other: TestOrganisation;
let reader: Headers;
let stranger: Headers;

beforeAll(async () => {
  acme = await newOrganisation('acme-bundles');
  other = await newOrganisation('other-bundles');
  reader = await tokenOf(acme, ['evaluate']);
  stranger = await tokenOf(other, ['evaluate']);
  await publish('acme-bundles/prod', rules('latest'));
  await publish('acme-bundles/prod', rules('edge'), 'edge');
});

/** `client.send` reads text; a bundle is bytes. */
async function pull(path: string, headers: Headers): Promise<Uint8Array<ArrayBuffer>> {
  const response = await exports.default.fetch(new Request(`http://pratique.test${path}`, { headers }));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/gzip');
  return new Uint8Array(await response.arrayBuffer());
}

function put(policy: string, body: string | Uint8Array<ArrayBuffer>, type: string, sent: Headers) {
  const headers = new Headers(sent);
  headers.set('content-type', type);
  return send(`/v1/orgs/${acme.name}/policies/${policy}`, { method: 'PUT', body, headers });
}

async function keysOf(org: TestOrganisation, headers: Headers): Promise<readonly VerificationKey[]> {
  const { json } = await send(`/v1/orgs/${org.name}/keys`, { headers });
  return (json as { items: VerificationKey[] }).items;
}

describe('GET /bundles/{org}/{bundle}', () => {
  it('gives what the channel stands for, signed by the key of the organisation', async () => {
    const keys = await keysOf(acme, reader);
    const { bundle, diagnostics } = await readBundle(
      await pull('/bundles/acme-bundles/prod.tar.gz', reader),
      { keys, exported: true },
    );
    expect(diagnostics).toEqual([]);
    expect(bundle?.revision).toBe(digestOf(rules('latest')));
    expect(bundle?.files.map(({ path }) => path)).toContain('acme-bundles/prod@1/policy.policy.rego');
  });

  it('gives a version by its number or digest', async () => {
    for (const selector of ['2', digestOf(rules('edge'))]) {
      const { bundle } = await readBundle(
        await pull(`/bundles/acme-bundles/prod@${selector}.tar.gz`, reader),
        { exported: true },
      );
      expect(bundle?.revision).toBe(digestOf(rules('edge')));
    }
  });

  it('answers 304 to who has it, until the channel moves or another key signs', async () => {
    const path = '/bundles/acme-bundles/moving.tar.gz';
    await publish('acme-bundles/moving', rules('one'));
    const tag = async () => (await send(path, { headers: reader })).headers.get('etag')!;
    const status = async (etag: string) => {
      const headers = new Headers(reader);
      headers.set('if-none-match', etag);
      return (await send(path, { headers })).status;
    };
    const first = await tag();
    expect(first).toMatch(/^W\/"[0-9a-f]{32}"$/u);
    expect([await status(first), await status(`"x", ${first}`), await status('"x"')]).toEqual([
      304, 304, 200,
    ]);
    await publish('acme-bundles/moving', rules('two'));
    expect(await status(first)).toBe(200);
    const second = await tag();
    await send(`/v1/orgs/${acme.name}/keys`, { method: 'POST', headers: acme.admin });
    expect(await status(second)).toBe(200);
  });

  it('refuses what asks for evidence, and says which statement', async () => {
    await publish('acme-bundles/signed', 'package acme.signed\n\nrequire scan below "high"\n');
    const problem = problemOf(await send('/bundles/acme-bundles/signed.tar.gz', { headers: reader }));
    expect(problem).toMatchObject({
      status: 422,
      code: 'policy_error',
      diagnostics: [{ code: 'bundle_error', file: 'acme-bundles/signed@1/policy.policy', line: 3 }],
    });
    expect(problem.detail).toContain('the statement require_scan cannot be exported');
  });

  it('is one answer for what is not there, not a bundle, and not yours', async () => {
    const answers = [];
    for (const [path, headers] of [
      ['/bundles/acme-bundles/none.tar.gz', reader],
      ['/bundles/acme-bundles/prod', reader],
      ['/bundles/acme-bundles/prod.zip', reader],
      ['/bundles/acme-bundles/prod@@.tar.gz', reader],
      ['/bundles/none/prod.tar.gz', reader],
      ['/bundles/acme-bundles/prod.tar.gz', stranger],
      ['/bundles/acme-bundles/prod@1.tar.gz', stranger],
    ] as const)
      answers.push((await send(path, { headers })).text);
    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0]!)).toMatchObject({ status: 404, code: 'not_found' });
    expect((await send('/bundles/acme-bundles/prod.tar.gz')).status).toBe(401);
    const channel = await send('/bundles/acme-bundles/prod@canary.tar.gz', { headers: reader });
    expect(problemOf(channel)).toMatchObject({ status: 404, code: 'unknown_channel' });
  });

  it('of a public policy is signed for the organisation that follows it', async () => {
    await publish('acme-bundles/shared', rules('latest'));
    await changePolicy(
      database,
      { org: acme.name, name: 'shared', visibility: 'public', actor: 'token:x' },
      undefined,
      Date.now(),
    );
    const selector = { kind: 'channel', value: 'stable' } as const;
    const to = { org: acme.name, name: 'shared', selector };
    await subscribe(database, { org: other.name, to, actor: 'token:x' }, Date.now());
    const bytes = await pull('/bundles/acme-bundles/shared.tar.gz', stranger);
    const diagnosed = async (org: TestOrganisation, headers: Headers) =>
      (await readBundle(bytes, { keys: await keysOf(org, headers), exported: true })).diagnostics.length;
    expect(await diagnosed(other, stranger)).toBe(0);
    expect(await diagnosed(acme, reader)).toBe(1);
  });
});

describe('the keys of an organisation', () => {
  it('are one, whoever asks first, and keep those that it took the place of', async () => {
    const org = await newOrganisation('acme-keys');
    const headers = await tokenOf(org, ['evaluate'], ['web']);
    const path = `/v1/orgs/${org.name}/keys`;
    const all = await Promise.all(Array.from({ length: 6 }, () => keysOf(org, headers)));
    expect(new Set(all.map(keys => JSON.stringify(keys))).size).toBe(1);
    expect(all[0]).toHaveLength(1);
    const { status, json } = await send(path, { method: 'POST', headers: org.admin });
    expect(status).toBe(201);
    const after = await keysOf(org, headers);
    expect(after.map(({ id }) => id)).toEqual([(json as VerificationKey).id, all[0]![0]!.id]);
    expect(after[1]).toHaveProperty('retired_at');
    expect(after[0]).toMatchObject({ algorithm: 'ES256', jwk: { kty: 'EC', crv: 'P-256', alg: 'ES256' } });
    expect(JSON.stringify(after)).not.toMatch(/"d":|PRIVATE/u);
  });
});

describe('a bundle that is published', () => {
  const publishBytes = (policy: string, body: Uint8Array<ArrayBuffer>, headers = acme.admin) =>
    put(policy, body, 'application/gzip', headers);

  it('becomes a version, in the edition of Rego that its manifest says', async () => {
    const bytes = await packed({
      'old/old.rego': 'package old\n\ndeny["never"] { input.context.never }\n',
      'old/data.json': '{"limit": 1}',
      '.manifest': '{"revision": "x", "roots": ["old"], "rego_version": 0}',
    });
    const { status, json } = await publishBytes('old', bytes);
    expect(status).toBe(201);
    expect(json).toMatchObject({ version: 1, rego: 'v0', packages: ['old'] });
    const { json: version } = await send(`/v1/orgs/${acme.name}/policies/old/versions/1`, {
      headers: reader,
    });
    expect(Object.keys((version as { files: object }).files).sort()).toEqual([
      'old/data.json',
      'old/old.rego',
      'policy.yaml',
    ]);
  });

  it('is refused where it cannot be read, or was exported from here', async () => {
    const broken = problemOf(await publishBytes('broken', new TextEncoder().encode('hello')));
    expect(broken).toMatchObject({
      status: 400,
      code: 'invalid_request',
      detail: expect.stringContaining('gzip'),
    });
    const own = problemOf(await publishBytes('own', await pull('/bundles/acme-bundles/prod.tar.gz', reader)));
    expect(own.detail).toContain('exported from Pratique');
    expect((await publishBytes('old', await packed({}), reader)).status).toBe(403);
  });
});

it('a bundle holds all layers, and says anew what it is when one of them moves', async () => {
  const base = (verb: string) =>
    `# METADATA\n# custom:\n#   parameters:\n#     tags: globs\npackage acme.base\n\n${verb} tag data.parameters.tags\n`;
  await publish('acme-bundles/base', base('deny'));
  const files = {
    'policy.yaml': 'extends: [acme-bundles/base]\n',
    'data.json': '{"parameters": {"tags": ["latest"]}}',
    'team.policy': 'package acme.team\n\nrequire digest\n',
  };
  const published = await put('team', JSON.stringify({ files }), 'application/json', acme.admin);
  expect(published).toMatchObject({ status: 201 });
  const address = '/bundles/acme-bundles/team@1.tar.gz';
  const { bundle } = await readBundle(await pull(address, reader), { exported: true });
  expect(bundle?.files.map(file => file.path)).toEqual(
    expect.arrayContaining([
      'acme-bundles/base@1/policy.policy.rego',
      'acme-bundles/team@1/team.policy.rego',
    ]),
  );
  const before = (await send(address, { headers: reader })).headers.get('etag');
  await publish('acme-bundles/base', base('warn'));
  expect((await send(address, { headers: reader })).headers.get('etag')).not.toBe(before);
});
