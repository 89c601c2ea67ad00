import { describe, expect, it } from 'vitest';
import {
  createResolver,
  dnsOverHttps,
  type Lookup,
  type Outside,
  type OutsideRequest,
  scopeNeed,
} from '../../src/evidence/index.ts';
import { type Json, toJson } from '../../src/values/index.ts';

const hosts = ['api.acme.io', '*.acme.dev'];

async function lookUp(name: string, lookup: Lookup | undefined, more: Partial<Outside> = {}): Promise<Json> {
  const fetch = () => Promise.reject(new Error('nothing is to be fetched'));
  const resolver = createResolver(
    { fetch, clock: () => 0, ...(lookup && { lookup }), ...more },
    { asOf: 0n },
  );
  const need = scopeNeed({ kind: 'net.lookup_ip_addr', key: name, request: name }, hosts);
  return toJson((await resolver.resolve([need])).get(need.key)!);
}

const answering =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses;

describe('net.lookup_ip_addr', () => {
  it('gives the addresses of a host that is allowed', async () => {
    const lookup = answering('8.8.8.8', '2606:4700::1111', '8.8.8.8');
    expect(await lookUp('API.acme.io.', lookup)).toEqual(['2606:4700::1111', '8.8.8.8']);
  });

  it.each<[string, Lookup | undefined, string]>([
    ['acme.io', answering('8.8.8.8'), 'the policy set does not allow the host "acme.io"'],
    ['api.acme.io', answering('8.8.8.8', '10.0.0.1'), 'api.acme.io is not a host of the public internet'],
    ['api.acme.io', answering(), 'api.acme.io has no address'],
    ['api.acme.io', undefined, 'names cannot be looked up here'],
    ['api.acme.io', () => Promise.reject(new Error('of its own')), 'connection failed'],
  ])('of %s is unavailable otherwise', async (name, lookup, reason) => {
    expect(await lookUp(name, lookup)).toEqual({ status: 'unavailable', reason });
  });

  it('gives private addresses of a host that is known to have them', async () => {
    const privateHosts = ['vault.acme.dev'];
    expect(await lookUp('vault.acme.dev', answering('10.0.0.1'), { privateHosts })).toEqual(['10.0.0.1']);
  });
});

describe('DNS over HTTPS', () => {
  /** A resolver that gives these answers to questions for A and AAAA. */
  function serverOf(answers: Readonly<Record<string, Json | string>>, status = 200) {
    const asked: OutsideRequest[] = [];
    const lookup = dnsOverHttps(async request => {
      asked.push(request);
      const answer = answers[request.url.searchParams.get('type')!];
      return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer), { status });
    }, new URL('https://dns.acme.io/query?ct=x'));
    return { asked, lookup: () => lookup('api.acme.io', new AbortController().signal) };
  }

  it('asks for addresses of both kinds', async () => {
    const { asked, lookup } = serverOf({
      A: {
        Status: 0,
        Answer: [
          { name: 'api.acme.io', type: 5, data: 'edge.acme.io.' },
          { name: 'edge.acme.io', type: 1, data: '8.8.8.8' },
        ],
      },
      AAAA: { Status: 0, Answer: [{ type: 28, data: '2606:4700::1111' }] },
    });
    expect(await lookup()).toEqual(['8.8.8.8', '2606:4700::1111']);
    expect(asked.map(({ url }) => url.href)).toEqual([
      'https://dns.acme.io/query?ct=x&name=api.acme.io&type=A',
      'https://dns.acme.io/query?ct=x&name=api.acme.io&type=AAAA',
    ]);
    expect(asked[0]!.headers.get('accept')).toBe('application/dns-json');
  });

  it('gives none for a name that is not there', async () => {
    expect(await serverOf({ A: { Status: 3 }, AAAA: { Status: 3 } }).lookup()).toEqual([]);
  });

  it.each<[string, Json | string, number?]>([
    ['a failure', { Status: 2 }],
    ['no JSON', '<html>'],
    ['no answer', []],
    ['no list', { Status: 0, Answer: {} }],
    ['an error', { Status: 0 }, 500],
    ['too much', `{"Status": 0, "Comment": "${'x'.repeat(70_000)}"}`],
  ])('fails for %s', async (_, answer, status) => {
    await expect(serverOf({ A: answer, AAAA: answer }, status).lookup()).rejects.toThrow();
  });
});
