import { describe, expect, it } from 'vitest';
import { denials, judge } from './statements.ts';

describe('allow registry', () => {
  const policy = 'allow registry "ghcr.io/acme/*", "registry.acme.io"';

  it('lets pass what matches and denies what does not', () => {
    const images = ['ghcr.io/acme/api:1', 'registry.acme.io/a/b/c', 'nginx', 'ghcr.io/acme-evil/x'];
    expect(denials(policy, images)).toEqual(['allow_registry nginx', 'allow_registry ghcr.io/acme-evil/x']);
  });

  it('says what was expected and what was found', () => {
    expect(judge(policy, ['nginx'])).toEqual([
      {
        rule: 'allow_registry',
        image: 'nginx',
        message: 'repository "docker.io/library/nginx" is not allowed',
        expected: 'a repository that matches one of ghcr.io/acme/*, registry.acme.io',
        found: 'docker.io/library/nginx',
      },
    ]);
  });
});

describe('deny tag', () => {
  it('says which pattern matched', () => {
    const policy = 'deny tag "latest", "*-dev" because "a tag that moves cannot be rolled back"';
    expect(judge(policy, ['nginx'])).toEqual([
      {
        rule: 'deny_tag',
        image: 'nginx',
        message: 'tag "latest" is denied by "latest"',
        expected: 'a tag that matches none of latest, *-dev',
        found: 'latest',
        because: 'a tag that moves cannot be rolled back',
      },
    ]);
  });
});
