import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/api/index.ts';
import type { Problem } from '../../src/api/problem.ts';
import { PolicyLibrary } from '../../src/bundles/index.ts';
import { fetchPinned } from '../../src/cli/outside.ts';
import { PolicyCache, type Verdict } from '../../src/decide/index.ts';
import { startServer, type TestServer, trust } from './server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  trust(server.cert);
});
afterAll(() => server.close());

const rule = () =>
  [
    'package acme',
    'deny contains response.body.team if {',
    `\tresponse := http.send({"method": "GET", "url": "${server.origin}/teams"})`,
    '}',
  ].join('\n');

const allowing = (host: string) => `http: { allow: ["${host}"] }\n`;
const ownHost = () => `localhost:${server.port}`;

/** The service with a set `teams` of its library that may ask the server, and what it answers. */
async function evaluate(policy: unknown, requestHosts?: readonly string[]): Promise<Verdict & Problem> {
  const app = createApp({
    library: new PolicyLibrary([
      { path: 'sets/teams/teams.rego', text: rule() },
      { path: 'sets/teams/policy.yaml', text: allowing(ownHost()) },
    ]),
    cache: new PolicyCache(),
    bindings: [],
    now: () => 0,
    clock: () => 0,
    log: () => undefined,
    record: () => undefined,
    afterwards: () => undefined,
    anonymous: true,
    version: 'test',
    outside: { fetch: fetchPinned, clock: () => performance.now(), privateHosts: ['localhost'] },
    ...(requestHosts && { requestHosts }),
  });
  const body = JSON.stringify({ policy, images: ['nginx:1'] });
  const headers = { 'content-type': 'application/json' };
  const response = await app.request('/v1/evaluate', { method: 'POST', headers, body });
  return (await response.json()) as Verdict & Problem;
}

const inline = (configuration?: string) => ({
  modules: { 'a.rego': rule(), ...(configuration && { 'policy.yaml': configuration }) },
});

describe('POST /v1/evaluate', () => {
  it('asks the hosts that a set of the library allows', async () => {
    const verdict = await evaluate('teams');
    expect(verdict).toMatchObject({ decision: 'deny', violations: [{ message: 'shop' }], errors: [] });
    expect(verdict.evidence).toMatchObject([{ type: 'http.send', status: '200 OK' }]);
  });

  it('asks none for a policy that comes with the request', async () => {
    const verdict = await evaluate(inline(), [ownHost()]);
    expect(verdict).toMatchObject({ decision: 'indeterminate', violations: [] });
    expect(verdict.errors[0]!.message).toContain('does not allow the host');
  });

  it('refuses a policy of a request that would allow itself hosts', async () => {
    for (const hosts of [undefined, [], ['*.acme.io'], ['localhost']]) {
      const problem = await evaluate(inline(allowing(ownHost())), hosts);
      expect(problem).toMatchObject({ code: 'policy_error' });
      expect(problem.detail).toContain('policies that come with a request may not reach localhost');
    }
    const borrowed = await evaluate({ modules: { 'policy.yaml': 'policies: [teams]\n' } });
    expect(borrowed).toMatchObject({ code: 'policy_error' });
  });

  it('lets it where the deployment does', async () => {
    const verdict = await evaluate(inline(allowing(ownHost())), [ownHost()]);
    expect(verdict).toMatchObject({ decision: 'deny', violations: [{ message: 'shop' }] });
  });
});
