import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/api/index.ts';
import { PolicyLibrary } from '../../src/bundles/index.ts';
import { PolicyCache, type Verdict } from '../../src/decide/index.ts';
import { platformFetch } from '../../src/evidence/index.ts';
import { postJson, verdictOf } from './client.ts';

const rule = (url: string) =>
  `package acme\n\ndeny contains http.send({"method": "GET", "url": "${url}"}).body.team\n`;

/** The verdict of a policy that may ask `localhost`, by this fetch. */
async function decide(url: string, ask: typeof fetch): Promise<Verdict> {
  const app = createApp({
    library: new PolicyLibrary([]),
    cache: new PolicyCache(),
    bindings: [],
    now: () => 0,
    clock: () => 0,
    log: () => undefined,
    record: () => undefined,
    anonymous: true,
    afterwards: () => undefined,
    version: 'test',
    outside: { fetch: platformFetch(ask), clock: () => Date.now(), privateHosts: ['localhost'] },
    requestHosts: ['localhost', 'localhost:1'],
  });
  const modules = {
    'a.rego': rule(url),
    'policy.yaml': 'http: { allow: ["localhost", "localhost:1"] }\n',
  };
  const body = JSON.stringify({ policy: { modules }, images: ['nginx:1'] });
  const headers = { 'content-type': 'application/json' };
  const response = await app.request('/v1/evaluate', { method: 'POST', headers, body });
  return (await response.json()) as Verdict;
}

describe('http.send in a Worker', () => {
  it('gives the response', async () => {
    const verdict = await decide('https://localhost/teams', async (input, init) => {
      const request = new Request(String(input), init as RequestInit);
      return Response.json({ team: `${request.method} ${request.redirect}` });
    });
    expect(verdict).toMatchObject({ decision: 'deny', violations: [{ message: 'GET manual' }], errors: [] });
  });

  it('is an error where the connection fails', async () => {
    const verdict = await decide('https://localhost:1/teams', (input, init) => fetch(String(input), init));
    expect(verdict).toMatchObject({ decision: 'indeterminate', violations: [] });
    expect(verdict.errors[0]!.message).toMatch(/^http\.send: https:\/\/localhost:1: connection failed/u);
  });

  it('is refused unless the deployment allows hosts', async () => {
    const policy = { modules: { 'a.rego': rule('https://api.acme.io/teams') } };
    const verdict = verdictOf(await postJson('/v1/evaluate', { policy, images: ['nginx:1'] }));
    expect(verdict).toMatchObject({ decision: 'indeterminate', cost: { rounds: 2 } });
    expect(verdict.errors[0]!.message).toContain('does not allow the host "api.acme.io"');
  });
});
