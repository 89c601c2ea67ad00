import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verdictBody } from '../../src/api/schemas/verdict.ts';
import { fetchPinned } from '../../src/cli/outside.ts';
import type { LoadedPolicy, Verdict } from '../../src/decide/index.ts';
import { createResolver, type Outside } from '../../src/evidence/index.ts';
import { fromJson } from '../../src/values/index.ts';
import { policyOf, verdictOn } from '../decide/decided.ts';
import { startServer, type TestServer, trust } from './server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  trust(server.cert);
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
});

const outside: Outside = {
  fetch: fetchPinned,
  clock: () => performance.now(),
  privateHosts: ['localhost'],
};

/** No registry is asked. */
const settings = { asOf: 0n, registry: { registries: [] } };

/** Denies every image unless what is asked has the team `shop`. */
function asking(path: string, { more = '', name = 'a', hosts = [`localhost:${server.port}`] } = {}) {
  const text = [
    `package ${name}`,
    `response := http.send({"method": "GET", "url": "${server.origin}${path}"${more}})`,
    'deny contains sprintf("team %s", [response.body.team]) if response.body.team != "web"',
    'deny contains "cannot ask" if response.status_code == 0',
    'deny contains response.status if response.status_code >= 400',
  ].join('\n');
  return policyOf(text, { hosts });
}

function decided(...policies: readonly LoadedPolicy[]): Promise<Verdict> {
  return verdictOn(policies, { images: ['nginx:1'] }, { evidence: createResolver(outside, settings) });
}

describe('a policy that sends a request', () => {
  it('is decided in two rounds', async () => {
    const verdict = await decided(asking('/teams'));
    expect(verdict).toMatchObject({ decision: 'deny', errors: [], cost: { rounds: 2 } });
    expect(verdict.violations.map(({ message }) => message)).toEqual(['team shop']);
    expect(verdict.evidence).toEqual([
      { type: 'http.send', source: server.origin, verified: false, status: '200 OK' },
    ]);
    expect(verdictBody.safeParse(JSON.parse(JSON.stringify(verdict))).error).toBeUndefined();
  });

  it('is asked once for all policies that may ask it', async () => {
    await decided(asking('/teams'), asking('/teams', { name: 'b' }));
    expect(server.received).toHaveLength(1);
  });

  it('gets no answer that only another may have', async () => {
    const verdict = await decided(asking('/teams'), asking('/teams', { name: 'b', hosts: [] }));
    expect(verdict.violations.map(({ rule }) => rule)).toEqual(['a.deny']);
    expect(verdict.errors).toMatchObject([
      { code: 'eval_builtin_error', message: expect.stringContaining('does not allow the host') },
    ]);
    const alone = await decided(asking('/teams', { hosts: [] }));
    expect(alone).toMatchObject({ decision: 'indeterminate', violations: [] });
    expect(server.received).toHaveLength(1);
  });

  it.each([
    ['/large', '', 'the response is larger than'],
    ['/silent', ', "timeout": "50ms"', 'timed out'],
    ['/teams', ', "tls_insecure_skip_verify": true', 'tls_insecure_skip_verify is not supported'],
  ])('%s%s that fails is an error, never an allow', async (path, more, message) => {
    const verdict = await decided(asking(path, { more }));
    expect(verdict).toMatchObject({ decision: 'indeterminate', violations: [] });
    expect(verdict.errors).toMatchObject([
      {
        code: 'eval_builtin_error',
        message: expect.stringContaining(`http.send: ${server.origin}: ${message}`),
        source: { file: 'p.policy', line: 2 },
      },
    ]);
  });

  it('may look at failures itself', async () => {
    const verdict = await decided(asking('/large', { more: ', "raise_error": false' }));
    expect(verdict).toMatchObject({ decision: 'deny', errors: [] });
    expect(verdict.violations.map(({ message }) => message)).toEqual(['cannot ask']);
    expect(verdict.evidence).toMatchObject([{ reason: expect.stringContaining('larger than') }]);
  });

  it('is told of an error of the server', async () => {
    const verdict = await decided(asking('/missing'));
    expect(verdict.violations.map(({ message }) => message)).toEqual(['404 Not Found']);
  });

  it('is indeterminate where nothing can be asked', async () => {
    const verdict = await verdictOn([asking('/teams')], { images: ['nginx:1'] });
    expect(verdict).toMatchObject({ decision: 'indeterminate', violations: [] });
    expect(verdict).not.toHaveProperty('evidence');
  });
});

describe('evidence of images', () => {
  it('is unavailable, and the reason said', async () => {
    const text = 'package a\ndeny contains "no" if image.resolve("nginx:1").digest == "x"';
    const verdict = await decided(policyOf(text));
    expect(verdict).toMatchObject({ decision: 'indeterminate', violations: [] });
    expect(verdict.errors).toEqual([
      {
        code: 'evidence_error',
        message:
          'evidence could not be had: resolve of docker.io/library/nginx:1: the registry docker.io is not one that may be asked here',
      },
    ]);
  });

  it('cannot be had by way of a name that is looked up', async () => {
    const authority = '{"key": "-----BEGIN PUBLIC KEY-----\\nAA==\\n-----END PUBLIC KEY-----\\n"}';
    const text = [
      'package a',
      'deny contains "found" if count(net.lookup_ip_addr(input.context.name)) > 0',
      `require signature by ${authority}`,
    ].join('\n');
    const asked: string[] = [];
    const evidence = createResolver(outside, settings);
    const policies = [policyOf(text)];
    const spying = {
      resolve: (needs: Parameters<typeof evidence.resolve>[0]) => {
        asked.push(...needs.map(({ key }) => key));
        return evidence.resolve(needs);
      },
    };
    await verdictOn(policies, { images: ['nginx:1'] }, { evidence: spying });
    const [key] = asked.filter(each => each.startsWith('signature '));
    const verdict = await verdictOn(
      policies,
      { images: ['nginx:1'], context: fromJson({ name: key! }) },
      { evidence: createResolver(outside, settings) },
    );
    expect(verdict.violations).toMatchObject([{ rule: 'a.require_signature', indeterminate: true }]);
  });
});
