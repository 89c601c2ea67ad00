import { Buffer } from 'node:buffer';
import { beforeAll, describe, expect, it } from 'vitest';
import { listDecisions, readDecisions } from '../../../src/store/index.ts';
import type { JsonObject } from '../../../src/values/index.ts';
import { newOrganisation, tokenOf } from '../organisations.ts';
import { publishFiles } from '../published.ts';
import { clusterApp, digest } from './cluster-app.ts';

const { app, database, pending } = clusterApp();

const settings = {
  pratique: {
    admission: {
      exempt_namespaces: ['system'],
      unchanged_images: 'allow',
      break_glass: { annotation: 'acme.io/break-glass', groups: ['sre'] },
    },
  },
};

let headers: Headers;
beforeAll(async () => {
  const org = await newOrganisation('clusters');
  const rules = 'package clusters\n\ndeny tag "latest" because "it moves"\n\nwarn tag "*-rc"\n';
  await publishFiles('clusters/production', { 'a.policy': rules });
  await publishFiles('clusters/lenient', { 'a.policy': rules, 'data.json': JSON.stringify(settings) });
  await publishFiles('clusters/naming', {
    'a.policy':
      'package naming\n\ndeny contains {"msg": "bad", "image": runs} if {\n\truns := input.request.object.spec.runs\n\truns == "bad:1"\n}\n',
    'data.json': JSON.stringify(settings),
  });
  await publishFiles('clusters/broken', {
    'a.policy': rules,
    'data.json': '{"pratique": {"admission": {"exempt_namespace": ["kube-system"]}}}',
  });
  await publishFiles('clusters/resolving', {
    'a.policy':
      'package resolving\n\ndeny image where { image.tag == "0" }\n\nrequire image where { image.resolve(image).status == "found" }\n',
  });
  headers = await tokenOf(org, ['evaluate']);
});

async function ask(path: string, body: unknown): Promise<JsonObject> {
  const response = await app.request(path, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as JsonObject;
}

interface ProviderAnswer {
  readonly idempotent: boolean;
  readonly items: readonly { key: string; value?: { allowed: boolean }; error?: string }[];
  readonly systemError: string;
}

async function provider(
  policy: string,
  keys: readonly string[],
  action = 'validate',
): Promise<ProviderAnswer> {
  const apiVersion = 'externaldata.gatekeeper.sh/v1beta1';
  const body = { apiVersion, kind: 'ProviderRequest', request: { keys } };
  const answer = await ask(`/gatekeeper/clusters/${policy}/${action}`, body);
  return answer['response'] as unknown as ProviderAnswer;
}

describe('Gatekeeper, validating', () => {
  it('gets a verdict for each key', async () => {
    const { items, systemError } = await provider('production', ['nginx', 'nginx:1.29', 'NGINX', 'nginx']);
    expect(items.map(({ key, value, error }) => [key, value?.allowed ?? error])).toEqual([
      ['nginx', false],
      ['nginx:1.29', true],
      ['NGINX', expect.stringContaining('must be lowercase')],
    ]);
    expect(systemError).toBe('');
  });

  it('gets nothing for nothing', async () => {
    expect(await provider('production', [])).toEqual({ idempotent: true, items: [], systemError: '' });
  });

  it('gets a system error in time where a registry does not answer', async () => {
    const { items, systemError } = await provider('resolving', ['slow.acme.io/a:1']);
    expect({ items, systemError }).toEqual({ items: [], systemError: 'no answer within 500 ms' });
  });

  it.each([
    ['an unknown policy', '/gatekeeper/clusters/nothing/validate', '{}'],
    ['an unknown address', '/gatekeeper/clusters/production/check', '{}'],
    ['a body that is no JSON', '/gatekeeper/clusters/production/validate', '{'],
    ['no ProviderRequest', '/gatekeeper/clusters/production/validate', '{}'],
    ['a wrong token', '/gatekeeper/clusters/production/validate/pqt_x', '{}'],
  ])('gets a system error for %s', async (_, path, body) => {
    const { response } = (await ask(path, body)) as unknown as { response: ProviderAnswer };
    expect(response.items).toEqual([]);
    expect(response.systemError).not.toBe('');
  });
});

describe('Gatekeeper, mutating', () => {
  it('gets digests, and what is pinned as it is; the rest are errors of their keys', async () => {
    const pinned = `registry.acme.io/a@${digest}`;
    const keys = ['registry.acme.io/a:1', 'registry.acme.io/b', pinned, 'registry.acme.io/absent:1', 'A:'];
    const { items, systemError } = await provider('production', keys, 'mutate');
    expect(items.slice(0, 3)).toEqual([
      { key: keys[0], value: `registry.acme.io/a:1@${digest}` },
      { key: keys[1], value: `registry.acme.io/b@${digest}` },
      { key: pinned, value: pinned },
    ]);
    expect(items.slice(3).map(({ error }) => error)).toEqual([
      expect.stringContaining('has no image'),
      expect.any(String),
    ]);
    expect(systemError).toBe('');
  });
});

const userInfo = { username: 'eve', groups: ['dev'] };

function pod(image: string, annotations: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', annotations },
    spec: { containers: [{ name: 'web', image }] },
  };
}

interface Answer {
  readonly uid: string;
  readonly allowed: boolean;
  readonly status?: { code: number; message: string };
  readonly warnings?: readonly string[];
  readonly auditAnnotations?: JsonObject;
  readonly patch?: string;
}

async function admission(policy: string, request: JsonObject, action = 'validate'): Promise<Answer> {
  const review = {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: { uid: 'u1', operation: 'CREATE', namespace: 'shop', userInfo, ...request },
  };
  const answer = await ask(`/admission/clusters/${policy}/${action}`, review);
  expect(answer).toMatchObject({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' });
  return answer['response'] as unknown as Answer;
}

describe('the API server, validating', () => {
  it('is told what is allowed, with warnings', async () => {
    expect(await admission('production', { object: pod('nginx:1-rc') })).toMatchObject({
      uid: 'u1',
      allowed: true,
      warnings: [expect.stringContaining('nginx:1-rc: ')],
      auditAnnotations: { decision: 'allow', policy: expect.stringContaining('clusters/production sha256:') },
    });
  });

  it('is told why not', async () => {
    const { allowed, status } = await admission('production', { object: pod('nginx') });
    expect(allowed).toBe(false);
    expect(status).toMatchObject({ code: 403, reason: 'Forbidden' });
    expect(status!.message).toContain(
      'nginx: tag "latest" is denied by "latest" (it moves) [clusters.deny_tag]',
    );
  });

  it.each(['DELETE', 'CONNECT'])('may %s', async operation => {
    expect(await admission('production', { operation, object: null })).toMatchObject({ allowed: true });
  });

  it.each<[string, JsonObject]>([
    ['no object', { object: null }],
    ['no object on update', { operation: 'UPDATE' }],
    ['an object that says nothing', { object: {} }],
  ])('is denied with %s', async (_, request) => {
    expect(await admission('production', request)).toMatchObject({ allowed: false });
  });

  it.each(['unknown', 'broken'])('is denied by the policy %s', async policy => {
    const { allowed, status } = await admission(policy, { object: pod('nginx:1') });
    expect(allowed).toBe(false);
    expect(status!.message).toContain(policy);
  });

  it('is denied before it gives up', async () => {
    const request = { object: pod('slow.acme.io/a:1') };
    const { allowed, status } = await admission('resolving', request, 'validate?timeout=1s');
    expect({ allowed, status }).toMatchObject({
      allowed: false,
      status: { code: 504, message: 'no answer within 500 ms' },
    });
  });

  it('is let in on update with what ran before, where the policy says so', async () => {
    const request = { operation: 'UPDATE', object: pod('nginx', { a: 'b' }), oldObject: pod('nginx') };
    expect(await admission('production', request)).toMatchObject({ allowed: false });
    expect(await admission('lenient', request)).toMatchObject({
      allowed: true,
      auditAnnotations: { 'admitted-by': 'unchanged-images', decision: 'deny' },
    });
    expect(await admission('lenient', { ...request, operation: 'CREATE' })).toMatchObject({ allowed: false });
    const changed = { ...request, oldObject: pod('nginx:1') };
    expect(await admission('lenient', changed)).toMatchObject({ allowed: false });
  });

  it('is not let in on update with what a rule says of no image of the object', async () => {
    const running = pod('nginx:1');
    const runs = (value: string) => ({
      ...running,
      spec: { ...(running['spec'] as JsonObject), runs: value },
    });
    const request = { operation: 'UPDATE', object: runs('bad:1'), oldObject: runs('good:1') };
    expect(await admission('naming', request)).toMatchObject({ allowed: false });
    const bare = { apiVersion: 'acme.io/v1', kind: 'Tool', spec: { runs: 'bad:1' } };
    expect(await admission('naming', { ...request, object: bare, oldObject: bare })).toMatchObject({
      allowed: false,
    });
  });

  it('is let in to namespaces that the policy leaves out', async () => {
    const request = { object: pod('nginx'), namespace: 'system' };
    expect(await admission('production', request)).toMatchObject({ allowed: false });
    expect(await admission('lenient', request)).toMatchObject({
      allowed: true,
      auditAnnotations: { 'admitted-by': 'exempt-namespace' },
    });
    const claimed = { object: { ...pod('nginx'), metadata: { namespace: 'system' } }, namespace: 'shop' };
    expect(await admission('lenient', claimed)).toMatchObject({ allowed: false });
  });
});

describe('break-glass', () => {
  const object = pod('nginx', { 'acme.io/break-glass': 'INC-1' });
  const sre = { username: 'ann', groups: ['sre'] };

  it('lets in whom the policy names, says so, and is on record', async () => {
    const answer = await admission('lenient', { object, userInfo: sre });
    expect(answer).toMatchObject({
      allowed: true,
      auditAnnotations: { 'admitted-by': 'break-glass', decision: 'deny' },
      warnings: [expect.stringContaining('let in by break-glass although')],
    });
    await Promise.all(pending);
    const id = String(answer.auditAnnotations!['decision-id']);
    const [decision] = await readDecisions(database, 'clusters', [id]);
    expect(JSON.parse(decision!.body)).toMatchObject({ admitted_by: 'break-glass' });
  });

  it('is on record where it let in what could not be pinned, though the policy allows it', async () => {
    const absent = pod('registry.acme.io/absent:1', { 'acme.io/break-glass': 'INC-2' });
    await Promise.all(pending);
    const query = { org: 'clusters', seen: { open: 'all', closed: 'all' }, limit: 1_000 } as const;
    const known = new Set((await listDecisions(database, query)).map(({ id }) => id));
    expect(await admission('lenient', { object: absent }, 'mutate')).toMatchObject({ allowed: false });
    expect(await admission('lenient', { object: absent, userInfo: sre }, 'mutate')).toMatchObject({
      allowed: true,
      auditAnnotations: { 'admitted-by': 'break-glass' },
      warnings: [expect.stringContaining('could not be pinned')],
    });
    await Promise.all(pending);
    const added = (await listDecisions(database, query)).filter(({ id }) => !known.has(id));
    const [decision] = await readDecisions(database, 'clusters', [added[0]!.id]);
    expect(added).toHaveLength(1);
    expect(decision).toMatchObject({ decision: 'allow' });
    expect(JSON.parse(decision!.body)).toMatchObject({ admitted_by: 'break-glass' });
  });

  it.each<[string, string, JsonObject]>([
    ['where the policy does not say so', 'production', { object, userInfo: sre }],
    ['for others', 'lenient', { object }],
    ['without user', 'lenient', { object, userInfo: null }],
    ['without a reason', 'lenient', { object: pod('nginx', { 'acme.io/break-glass': ' ' }), userInfo: sre }],
    ['without the annotation', 'lenient', { object: pod('nginx'), userInfo: sre }],
  ])('does nothing %s', async (_, policy, request) => {
    expect(await admission(policy, request)).toMatchObject({ allowed: false });
  });
});

it('a dry run leaves nothing on record', async () => {
  await Promise.all(pending);
  const query = { org: 'clusters', seen: { open: 'all', closed: 'all' }, limit: 1_000 } as const;
  const before = await listDecisions(database, query);
  await admission('production', { object: pod('nginx'), dryRun: true });
  await Promise.all(pending);
  expect(await listDecisions(database, query)).toEqual(before);
  await admission('production', { object: pod('nginx') });
  await Promise.all(pending);
  expect(await listDecisions(database, query)).toHaveLength(before.length + 1);
});

describe('the API server, mutating', () => {
  function patched(object: JsonObject, { patch }: Answer): JsonObject {
    const copy = structuredClone(object) as { spec: { containers: { image: string }[] } };
    for (const { op, path, value } of JSON.parse(Buffer.from(patch!, 'base64').toString())) {
      const index = Number(/^\/spec\/containers\/(\d+)\/image$/u.exec(path)![1]);
      const container = copy.spec.containers[index]!;
      if (op === 'test') expect(container.image).toBe(value);
      else container.image = value;
    }
    return copy as unknown as JsonObject;
  }

  it('gets a patch that pins, and that changes nothing the second time', async () => {
    const object = pod('registry.acme.io/a:1');
    const answer = await admission('production', { object }, 'mutate');
    const pinned = patched(object, answer);
    expect(pinned).toMatchObject({ spec: { containers: [{ image: `registry.acme.io/a:1@${digest}` }] } });
    const again = await admission('production', { object: pinned }, 'mutate');
    expect(again).toMatchObject({ allowed: true });
    expect(again).not.toHaveProperty('patch');
    expect(await admission('production', { object: pinned })).toMatchObject({ allowed: true });
  });

  it('is denied where an image cannot be pinned', async () => {
    const answer = await admission('production', { object: pod('registry.acme.io/absent:1') }, 'mutate');
    expect(answer).toMatchObject({ allowed: false });
    expect(answer.status!.message).toContain('registry.acme.io/absent:1: registry.acme.io has no image');
  });

  it('leaves fields that are no container', async () => {
    const object = {
      apiVersion: 'image.toolkit.fluxcd.io/v1',
      kind: 'ImageRepository',
      spec: { image: 'registry.acme.io/a:1' },
    };
    const answer = await admission('production', { object }, 'mutate');
    expect(answer).toMatchObject({ allowed: true });
    expect(answer).not.toHaveProperty('patch');
  });

  it('leaves what was there before an update', async () => {
    const request = { operation: 'UPDATE', object: pod('registry.acme.io/absent:1') };
    const answer = await admission('production', { ...request, oldObject: request.object }, 'mutate');
    expect(answer).toMatchObject({ allowed: true });
    expect(answer).not.toHaveProperty('patch');
  });
});
