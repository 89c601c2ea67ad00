import { describe, expect, it } from 'vitest';
import { PolicyLibrary, readPolicy } from '../../src/bundles/index.ts';

const rule = { path: 'a.policy', text: 'package a\ndeny tag "latest"' };
const library = new PolicyLibrary([
  { path: 'teams/asking/asking.policy', text: 'package b\ndeny tag "dev"' },
  { path: 'teams/asking/policy.yaml', text: 'http: { allow: [teams.acme.io] }\n' },
]);

function read(set: string, hosts?: readonly string[]) {
  const files = [rule, { path: 'policy.yaml', text: set }];
  return readPolicy('mine', files, { library, ...(hosts && { hosts }) });
}

const hostsOf = (set: string, hosts?: readonly string[]) => read(set, hosts).policy?.hosts;
const messages = (set: string, hosts?: readonly string[]) =>
  read(set, hosts).problems.map(({ message }) => message);

describe('http.allow of a policy.yaml', () => {
  it('is empty where nothing is said', () => {
    expect(readPolicy('mine', [rule]).policy?.hosts).toEqual([]);
    expect(hostsOf('data: {}\npolicies: [asking]\n')).toEqual(['teams.acme.io']);
    expect(hostsOf('http: { allow: [] }\n')).toEqual([]);
  });

  it('lists hosts, beside those of the sets that are joined', () => {
    const set = 'policies: [asking]\nhttp: { allow: [API.acme.io, "*.acme.dev", api.acme.io] }\n';
    expect(hostsOf(set)).toEqual(['*.acme.dev', 'api.acme.io', 'teams.acme.io']);
  });

  it('is part of the digest', () => {
    const digests = [
      'http: { allow: [a.acme.io] }',
      'http: { allow: [b.acme.io] }',
      'http: { allow: [] }',
    ].map(set => read(set).policy!.digest);
    expect(new Set(digests).size).toBe(3);
    expect(digests[2]).toBe(readPolicy('mine', [rule]).policy!.digest);
  });

  it.each([
    ['http: true', 'http must be an object with a list of hosts: allow'],
    ['http:', 'http must be an object with a list of hosts: allow'],
    ['http: { allow: api.acme.io }', 'http must be an object with a list of hosts: allow'],
    ['http: { allowed: [] }', 'http must be an object with a list of hosts: allow'],
    ['http: { allow: [], deny: [] }', 'http must be an object with a list of hosts: allow'],
    [
      'http: { allow: ["https://acme.io"] }',
      'http.allow: no host: "https://acme.io"; write api.acme.io or *.acme.io',
    ],
    ['http: { allow: ["*"] }', 'http.allow: no host: "*"; write api.acme.io or *.acme.io'],
    [
      'http: { allow: [10000000000000000000001] }',
      'http.allow: no host: 10000000000000000000001; write api.acme.io or *.acme.io',
    ],
    ['data: {}', 'policies must be a list of names'],
  ])('refuses %s', (set, message) => {
    expect(messages(set)).toEqual([message]);
  });

  it('is bound where the policy is not one’s own', () => {
    const set = 'http: { allow: [api.acme.io] }\n';
    expect(hostsOf(set, ['*.acme.io'])).toEqual(['api.acme.io']);
    const refused = ['http.allow: policies that come with a request may not reach api.acme.io here'];
    expect(messages(set, [])).toEqual(refused);
    expect(messages(set, ['acme.io'])).toEqual(refused);
    expect(messages('policies: [asking]\n', [])).toHaveLength(1);
  });
});
