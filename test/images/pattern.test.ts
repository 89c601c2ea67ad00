import { describe, expect, it } from 'vitest';
import { compilePatterns, toImage } from '../../src/images/index.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;

function matches(pattern: string, ref: string): boolean {
  const { matcher, problems } = compilePatterns([pattern]);
  expect(problems).toEqual([]);
  return matcher.match(toImage(ref, {})) === pattern;
}

describe('a pattern is normalised as a reference is', () => {
  it.each([
    ['nginx', 'nginx', true],
    ['nginx', 'docker.io/library/nginx:1.27', true],
    ['nginx', 'acme/nginx', false],
    ['nginx', 'ghcr.io/library/nginx', false],
    ['library/nginx', 'nginx', true],
    ['docker.io/nginx', 'nginx', true],
    ['index.docker.io/library/nginx', 'nginx', true],
    ['docker.io/library/nginx', 'index.docker.io/nginx', true],
    ['acme/api', 'docker.io/acme/api', true],
    ['docker.io/*', 'nginx', true],
    ['docker.io/*', 'acme/api', false],
    ['docker.io/library/*', 'nginx', true],
    ['docker.io/**', 'acme/api', true],
    ['docker.io/', 'acme/api', true],
    ['docker.io', 'nginx', true],
    ['index.docker.io', 'acme/api', true],
    ['GHCR.io/acme/api', 'ghcr.io/acme/api', true],
    ['ghcr.io/acme/api', 'GHCR.IO/acme/api', true],
    ['localhost/api', 'localhost/api', true],
    ['localhost', 'localhost/api', true],
    ['localhost', 'localhost:5000/api', false],
    ['localhost:5000', 'localhost:5000/api', true],
    ['[::1]:5000', '[::1]:5000/api', true],
    ['[::1]:5000/api', '[::1]:5000/api', true],
    ['registry:5000/api', 'registry:5000/api', true],
    ['registry:5000', 'registry:5000', true],
    ['registry:5000', 'registry:5000/api', false],
  ])('%s and %s: %s', (pattern, ref, expected) => {
    expect(matches(pattern, ref)).toBe(expected);
  });
});

describe('other spellings of one registry', () => {
  it.each([
    ['docker.io/evil/*', 'INDEX.docker.io/evil/x', true],
    ['docker.io/evil/*', 'registry-1.docker.io/evil/x', true],
    ['docker.io/evil/*', 'Registry.Hub.Docker.com:443/evil/x', true],
    ['docker.io/evil/*', 'docker.io:443/evil/x', true],
    ['docker.io/evil/x', 'registry-1.docker.io/evil/x:1', true],
    ['evil/x:1', 'registry-1.docker.io/evil/x:1', true],
    ['registry-1.docker.io/evil/x', 'evil/x', true],
    ['registry.hub.docker.com', 'evil/x', true],
    ['docker.io/library/nginx', 'registry-1.docker.io/nginx', true],
    ['nginx', 'INDEX.docker.io/nginx', true],
    ['*.docker.io/evil/*', 'registry-1.docker.io/evil/x', true],
    ['docker.io/library/*', 'registry-1.docker.io/evil/x', false],
    ['docker.io', 'registry-2.docker.io/evil/x', false],
    ['docker.io', 'docker.io:5000/evil/x', false],
    ['docker.io', 'docker.io.evil.example/evil/x', false],
    ['evil.example', 'evil.example:443/x', true],
    ['evil.example', 'EVIL.example:0443/x', true],
    ['evil.example:443', 'evil.example/x', true],
    ['evil.example:443/x', 'evil.example/x', true],
    ['evil.example', 'evil.example:4430/x', false],
    ['evil.example:5000', 'evil.example:05000/x', true],
    ['*.acme.io', 'registry.acme.io:443/x', true],
    ['*.acme.io:443', 'registry.acme.io/x', true],
    ['*.acme.io:*', 'registry.acme.io/x', true],
    ['*.acme.io:*', 'registry.acme.io:443/x', true],
    ['*.acme.io:4?3/x', 'registry.acme.io:443/x', true],
    ['*.acme.io:5*', 'registry.acme.io:443/x', false],
    ['[::1]', '[::1]:443/x', true],
    ['[::443]', '[::]:443/x', false],
    ['registry:443/x', 'registry:443/x', true],
  ])('%s and %s: %s', (pattern, ref, expected) => {
    expect(matches(pattern, ref)).toBe(expected);
  });

  it('leaves the name as distribution/reference has it', () => {
    expect(toImage('INDEX.docker.io:443/evil/x')).toMatchObject({
      name: 'INDEX.docker.io:443/evil/x:latest',
      registry: 'INDEX.docker.io:443',
    });
  });
});

describe('wildcards', () => {
  it.each([
    ['ghcr.io/acme/*', 'ghcr.io/acme/api', true],
    ['ghcr.io/acme/*', 'ghcr.io/acme/team/api', false],
    ['ghcr.io/acme/*', 'ghcr.io/acme', false],
    ['ghcr.io/acme/**', 'ghcr.io/acme/api', true],
    ['ghcr.io/acme/**', 'ghcr.io/acme/team/api', true],
    ['ghcr.io/acme/**', 'ghcr.io/acme', false],
    ['ghcr.io/acme/', 'ghcr.io/acme/team/api', true],
    ['acme/', 'acme/api', true],
    ['ghcr.io/acme', 'ghcr.io/acme/api', false],
    ['ghcr.io/**/api', 'ghcr.io/api', true],
    ['ghcr.io/**/api', 'ghcr.io/acme/team/api', true],
    ['ghcr.io/**/api', 'ghcr.io/acme/my-api', false],
    ['ghcr.io/acme/a?i', 'ghcr.io/acme/api', true],
    ['ghcr.io/acme/a?i', 'ghcr.io/acme/ai', false],
    ['ghcr.io/acme?api', 'ghcr.io/acme/api', false],
    ['ghcr.io/acme/{api,web}', 'ghcr.io/acme/web', true],
    ['ghcr.io/acme/{api,web}', 'ghcr.io/acme/db', false],
    ['{ghcr.io,quay.io}/acme/*', 'quay.io/acme/api', true],
    ['{ghcr.io,quay.io}', 'quay.io/acme/api', true],
    ['ghcr.io/acme/api{,-{debug,dev}}', 'ghcr.io/acme/api-dev', true],
    ['ghcr.io/acme/api{,-{debug,dev}}', 'ghcr.io/acme/api', true],
    ['ghcr.io/{acme/api,other}', 'ghcr.io/acme/api', true],
    ['ghcr.io/acme/*{,-dev}*', 'ghcr.io/acme/team/api', false],
    ['ghcr.io/acme/{*,x}{*,y}', 'ghcr.io/acme/team/api', false],
    ['*.acme.io', 'registry.acme.io/api', true],
    ['*.acme.io', 'a.b.acme.io/api', true],
    ['*.acme.io', 'acme.io/api', false],
    ['*.acme.io', 'registry.acme.io:5000/api', false],
    ['*.acme.io:*', 'registry.acme.io:5000/api', true],
    ['registry.acme.io:50??/api', 'registry.acme.io:5000/api', true],
    ['**', 'nginx', true],
    ['**', 'registry.acme.io:5000/a/b/c', true],
    ['**/api', 'ghcr.io/acme/api', true],
    ['**/api', 'ghcr.io/acme/my-api', false],
    ['**/acme/*', 'quay.io/acme/api', true],
  ])('%s and %s: %s', (pattern, ref, expected) => {
    expect(matches(pattern, ref)).toBe(expected);
  });
});

describe('tags and digests', () => {
  it.each([
    ['nginx:1.*', 'nginx:1.27', true],
    ['nginx:1.*', 'nginx:2', false],
    ['nginx:1.*', 'nginx', false],
    ['nginx:latest', 'nginx', true],
    ['nginx:1', 'nginx:1', true],
    ['nginx:{1,2}', 'nginx:2', true],
    ['nginx', `nginx@${digest}`, true],
    ['nginx:1', `nginx:1@${digest}`, false],
    ['nginx:*', `nginx:1@${digest}`, false],
    ['nginx:latest', `nginx@${digest}`, false],
    [`nginx@${digest}`, `nginx@${digest}`, true],
    [`nginx@${digest}`, `nginx:1@${digest}`, true],
    [`nginx@${digest}`, `nginx@${other}`, false],
    [`nginx@${digest}`, 'nginx', false],
    ['nginx@sha256:*', `nginx@${digest}`, true],
    ['nginx@*', 'nginx:1', false],
    ['nginx:1.*@sha256:*', `nginx:1.2@${digest}`, true],
    ['nginx:1.*@sha256:*', `nginx:2@${digest}`, false],
    [`nginx:1@${digest}`, `nginx:1@${digest}`, true],
    [`nginx:1@${digest}`, `nginx@${digest}`, false],
    ['ghcr.io/acme/**:v1.*', 'ghcr.io/acme/team/api:v1.2', true],
    ['**:latest', 'ghcr.io/acme/api', true],
    ['ghcr.io@sha256:*', `ghcr.io/acme/api@${digest}`, true],
    ['ghcr.io@sha256:*', 'ghcr.io/acme/api', false],
    ['nginx:V1', 'nginx:v1', false],
  ])('%s and %s: %s', (pattern, ref, expected) => {
    expect(matches(pattern, ref)).toBe(expected);
  });
});

describe('an absent tag', () => {
  it('is no tag of any name', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(matches(`nginx:undefined@${digest}`, `nginx@${digest}`)).toBe(false);
    expect(matches(`nginx@${digest}`, `nginx@${digest}`)).toBe(true);
    expect(matches(`nginx:1@${digest}`, `nginx:1@${digest}`)).toBe(true);
  });
});

describe('what looks alike does not match', () => {
  it.each([
    ['gcr.io', 'gcr.io.evil.example/x'],
    ['gcr.io', 'evil-gcr.io/x'],
    ['gcr.io', 'evil.example/gcr.io/x'],
    ['gcr.io', 'gcr.io'],
    ['gcr.io', 'gcr.io:8443/x'],
    ['gcr.io/*', 'gcr.io.evil.example/x'],
    ['gcr.io/**', 'xgcr.io/acme'],
    ['gcr.io', 'gcrxio/x'],
    ['ghcr.io/acme', 'ghcr.io/acme-evil/x'],
    ['ghcr.io/acme', 'ghcr.io/acme-evil'],
    ['ghcr.io/acme/*', 'ghcr.io/acme-evil/x'],
    ['ghcr.io/acme/', 'ghcr.io/acme-evil/x'],
    ['ghcr.io/acme/**', 'ghcr.io.evil.example/acme/x'],
    ['ghcr.io/acme/**', 'evil.example/ghcr.io/acme/x'],
    ['ghcr.io/acme/**', 'ghcr.io@evil.example/acme/x'],
    ['ghcr.io/acme/**', 'ghcr.io./acme/x'],
    ['ghcr.io/acme/**', 'ghcr.io/acme//x'],
    ['ghcr.io/acme/**', 'ghcr.io/acme/../evil/x'],
    ['ghcr.io/acme/**', 'ghcr.io/acme%2fx'],
    ['ghcr.io/acme/**', 'https://ghcr.io/acme/x'],
    ['ghcr.io/acme/**', 'ghсr.io/acme/x'],
    ['ghcr.io/acme/**', 'gh\u212Ar.io/acme/x'],
    ['ghcr.io/acme/**', 'ghcr.io/acme/x '],
    ['ghcr.io/acme/**', 'ghcr.io\u2215acme/x'],
    ['docker.io/library/*', 'docker.io.evil.example/library/nginx'],
    ['docker.io/library/*', 'library.evil.example/nginx'],
    ['docker.io/library/*', `${'a'.repeat(64)}`],
    ['docker.io/library/*', digest],
    ['*.acme.io', 'evil.example/x.acme.io'],
    ['*.acme.io/api', 'evil.example/x.acme.io/api'],
    ['registry.acme.io:5000/team/**', 'registry.acme.io:50000/team/x'],
    ['registry.acme.io:5000/team/**', 'registry.acme.io/team/x'],
    ['nginx', 'nginx.evil.example/nginx'],
  ])('%s and %j', (pattern, ref) => {
    expect(matches(pattern, ref)).toBe(false);
  });
});

describe('what is no pattern is a problem and matches nothing', () => {
  it.each([
    ['', 'must not be empty'],
    ['*', 'registry or a namespace'],
    ['*/acme/api', 'registry or a namespace'],
    ['*:latest', 'registry or a namespace'],
    ['**.acme.io', 'the whole of it'],
    ['{a,b', 'braces'],
    ['a,b}', 'braces'],
    [`${'{a,b}'.repeat(11)}`, 'braces'],
    ['https://ghcr.io', 'no scheme'],
    ['ghcr.io/ acme', 'only characters'],
    ['ghсr.io/acme', 'only characters'],
    ['ghcr.io/acme%2fapi', 'only characters'],
    ['ghcr.io/acme\\api', 'only characters'],
    ['ghcr.io/acme#', 'only characters'],
    ['/acme', 'empty'],
    ['ghcr.io//acme', 'empty'],
    ['ghcr.io/:latest', 'empty'],
    ['ghcr.io./acme', 'no registry'],
    ['.acme.io/api', 'no registry'],
    ['registry.acme.io:v1', 'no registry'],
    ['user@ghcr.io/acme', 'no digest'],
    ['ghcr.io/Acme/api', 'lowercase'],
    ['Acme/api', 'lowercase'],
    ['NGINX', 'lowercase'],
    ['ghcr.io/-acme', 'no component'],
    ['ghcr.io/a..b', 'no component'],
    ['ghcr.io/[ab]', 'no component'],
    ['nginx:', 'no tag'],
    ['nginx:.a', 'no tag'],
    ['nginx@sha256:abc', 'no digest'],
    ['nginx@', 'no digest'],
    ['a'.repeat(1025), '1024 characters'],
  ])('%s', (pattern, message) => {
    const { matcher, problems } = compilePatterns(['quay.io/acme/api', pattern]);
    expect(problems).toEqual([{ index: 1, message: expect.stringContaining(message) }]);
    for (const ref of ['nginx', 'ghcr.io/acme/api', 'acme/api'])
      expect(matcher.match(toImage(ref, {}))).toBeUndefined();
    expect(matcher.match(toImage('quay.io/acme/api', {}))).toBe('quay.io/acme/api');
  });
});

describe('a list of patterns', () => {
  it('gives the first that matches, of whatever kind', () => {
    const first = (...patterns: string[]) =>
      compilePatterns(patterns).matcher.match(toImage('ghcr.io/acme/api:1', {}));
    expect(first('quay.io', 'ghcr.io/acme/*', 'ghcr.io/acme/api')).toBe('ghcr.io/acme/*');
    expect(first('ghcr.io/acme/api', 'ghcr.io/acme/*')).toBe('ghcr.io/acme/api');
    expect(first('ghcr.io/acme/api:1', 'ghcr.io/acme/api')).toBe('ghcr.io/acme/api:1');
    expect(first('**', '*.io', 'ghcr.io')).toBe('**');
    expect(first('ghcr.io/**/api', 'ghcr.io')).toBe('ghcr.io/**/api');
    expect(first()).toBeUndefined();
  });

  it('finds one of a hundred thousand', () => {
    const patterns = Array.from(
      { length: 100_000 },
      (_, i) =>
        [
          `ghcr.io/acme/app-${i}`,
          `registry-${i}.acme.io`,
          `ghcr.io/*/tool-${i}`,
          `ghcr.io/acme/app-${i}-*`,
        ].at(i % 4)!,
    );
    const { matcher, problems } = compilePatterns(patterns);
    const match = (ref: string) => matcher.match(toImage(ref, {}));
    expect(problems).toEqual([]);
    expect(match('ghcr.io/acme/app-40000')).toBe('ghcr.io/acme/app-40000');
    expect(match('ghcr.io/acme/app-40001')).toBeUndefined();
    expect(match('registry-99997.acme.io/a/b')).toBe('registry-99997.acme.io');
    expect(match('registry-99997.acme.io.evil.example/a')).toBeUndefined();
    expect(match('ghcr.io/other/tool-50002')).toBe('ghcr.io/*/tool-50002');
    expect(match('ghcr.io/acme/app-99999-debug')).toBe('ghcr.io/acme/app-99999-*');
    expect(match('ghcr.io/acme/app-100000')).toBeUndefined();
  });

  it('does not take keys of Object for entries', () => {
    const { matcher } = compilePatterns(['ghcr.io/acme/api']);
    for (const ref of ['constructor', 'ghcr.io/constructor', 'ghcr.io/tostring'])
      expect(matcher.match(toImage(ref, {}))).toBeUndefined();
  });

  it('matches no image that has no repository', () => {
    expect(compilePatterns(['**']).matcher.match({})).toBeUndefined();
  });
});
