import { describe, expect, it } from 'vitest';
import { issuerOf, tooOpen } from '../../../src/api/access/trust-rule.ts';

const github = issuerOf('github')!;
const gitlab = issuerOf('gitlab')!;
const other = 'https://ci.acme.io';

describe('an issuer', () => {
  it('may have a short name', () => {
    expect(github).toBe('https://token.actions.githubusercontent.com');
    expect(gitlab).toBe('https://gitlab.com');
  });

  it.each(['https://ci.acme.io', 'https://ci.acme.io/realms/a', 'https://ci.acme.io:8443'])(
    'may be %s',
    url => {
      expect(issuerOf(url)).toBe(url);
    },
  );

  it.each([
    '',
    'ci',
    'http://ci.acme.io',
    'https://a:b@ci.acme.io',
    'https://ci.acme.io/?a',
    'https://ci.acme.io/#a',
    'file:///a',
    ' https://ci.acme.io',
  ])('may not be %j', url => expect(issuerOf(url)).toBeUndefined());
});

describe('conditions', () => {
  it.each([
    [github, { repository: 'acme/*' }],
    [github, { repository: ['acme/api', 'acme/web'], ref: '**' }],
    [github, { repository_owner: 'acme' }],
    [github, { sub: 'repo:acme/api:*' }],
    [github, { repository_owner_id: '123' }],
    [gitlab, { project_path: 'acme/**' }],
    [gitlab, { namespace_path: 'acme' }],
    [gitlab, { namespace_path: 'acme/**' }],
    [other, { sub: 'organization:acme:*' }],
    [other, { team: 'payments' }],
  ])('of %s may be %j', (issuer, claims) => {
    expect(tooOpen(issuer, claims as never)).toBeUndefined();
  });

  it.each([
    [github, {}],
    [github, { repository: '**' }],
    [github, { repository: '*/*' }],
    [github, { repository: 'acme*' }],
    [github, { repository: 'acme*/*' }],
    [github, { repository: 'acm?/api' }],
    [github, { repository: ['acme/*', '**'] }],
    [github, { repository: 'acme' }],
    [github, { repository_owner: 'acme*' }],
    [github, { sub: 'repo:*' }],
    [github, { sub: 'repo:*/*:ref:refs/heads/main' }],
    [github, { sub: 'repo:acme*' }],
    [github, { ref: 'refs/heads/main' }],
    [github, { job_workflow_ref: 'acme/flows/.github/workflows/a.yaml@refs/heads/main' }],
    [github, { iss: github, aud: 'pratique' }],
    [github, { repository_id: '1*' }],
    [gitlab, { ref: 'main' }],
    [gitlab, { project_path: '*/api' }],
    [gitlab, { namespace_path: 'acme*' }],
    [gitlab, { namespace_path: '**' }],
    [other, {}],
    [other, { sub: '**' }],
    [other, { sub: '*' }],
    [other, { sub: 'acme*' }],
    [other, { sub: ['acme', '*'] }],
    [other, { iss: other }],
    [other, { sub: '/*' }],
  ])('of %s may not be %j alone', (issuer, claims) => {
    expect(tooOpen(issuer, claims as never)).toBeTypeOf('string');
  });
});
