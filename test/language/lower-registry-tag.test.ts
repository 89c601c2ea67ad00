import { describe, expect, it } from 'vitest';
import { parseModule } from '../../grammar/index.ts';
import { SourceFile } from '../../src/base/index.ts';
import { lowerModule } from '../../src/language/lower/index.ts';
import { denials, judge } from './statements.ts';

const digest = `sha256:${'a'.repeat(64)}`;

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

  it('takes patterns from data, beside those that are written out', () => {
    const mixed = 'allow registry "ghcr.io/acme/*", data.mirrors';
    for (const mirrors of [['docker.io/library/*'], 'docker.io/library/*'])
      expect(denials(mixed, ['nginx', 'quay.io/a/b'], { data: { mirrors } })).toEqual([
        'allow_registry quay.io/a/b',
      ]);
  });

  it('takes patterns that depend on the image', () => {
    const policy = 'allow registry data.by_kind[image.object.kind]';
    const data = { by_kind: { Job: ['nginx'] } };
    expect(denials(policy, ['nginx', 'redis'], { data, place: { object: { kind: 'Job' } } })).toEqual([
      'allow_registry redis',
    ]);
    expect(denials(policy, ['nginx'], { data, place: { object: { kind: 'Pod' } } })).toHaveLength(1);
  });

  describe('several in one package', () => {
    const two = 'allow registry "ghcr.io/acme/*"\nallow registry "docker.io/library/*"';

    it('are alternatives, and the first reports', () => {
      expect(denials(two, ['ghcr.io/acme/api', 'nginx', 'quay.io/a/b'])).toEqual([
        'allow_registry quay.io/a/b',
      ]);
      expect(judge(two, ['quay.io/a/b'])[0]!.expected).toBe(
        'a repository that matches one of ghcr.io/acme/*, docker.io/library/*',
      );
    });

    it('count only for images in their scope', () => {
      const scoped = [
        'allow registry "docker.io/library/redis" for "docker.io"',
        'allow registry "**" for "docker.io/library/n*", "ghcr.io"',
      ].join('\n');
      const images = ['redis', 'nginx', 'httpd', 'ghcr.io/a/b', 'quay.io/a/b'];
      expect(denials(scoped, images)).toEqual(['allow_registry httpd']);
      expect(judge(scoped, ['httpd'])[0]!.expected).toBe(
        'a repository that matches one of docker.io/library/redis',
      );
    });

    it('report by the first in whose scope the image is', () => {
      const scoped = [
        'allow registry "docker.io/library/redis" for "docker.io"',
        'mirrors: allow registry "ghcr.io/acme/**" for "docker.io", "ghcr.io"',
      ].join('\n');
      expect(denials(scoped, ['nginx', 'ghcr.io/a/b'])).toEqual([
        'allow_registry nginx',
        'mirrors ghcr.io/a/b',
      ]);
    });

    it('stand together across the files of a package', () => {
      const files = ['allow registry "ghcr.io/acme/*"', 'allow registry "docker.io/library/*"'];
      expect(denials(files, ['nginx', 'quay.io/a/b'])).toEqual(['allow_registry quay.io/a/b']);
    });

    it('deny where one of them cannot be decided', () => {
      const broken = 'allow registry "docker.io/library/*"\nallow registry data.missing';
      expect(judge(broken, ['nginx'])).toEqual([
        {
          rule: 'allow_registry_2',
          image: 'nginx',
          message: 'data.missing is undefined, and undecided is denied',
        },
      ]);
    });
  });

  it('is no alternative to that of another package', () => {
    const packages = ['package a\n\nallow registry "ghcr.io"', 'package b\n\nallow registry "docker.io"'];
    expect(denials(packages, ['nginx'])).toEqual(['allow_registry nginx']);
  });
});

describe('deny registry', () => {
  it('denies what matches, even what is allowed', () => {
    const policy = 'allow registry "docker.io"\ndeny registry "docker.io/library/*"';
    expect(judge(policy, ['nginx', 'docker.io/acme/x'])).toEqual([
      {
        rule: 'deny_registry',
        image: 'nginx',
        message: 'repository "docker.io/library/nginx" is denied by "docker.io/library/*"',
        expected: 'a repository that matches none of docker.io/library/*',
        found: 'docker.io/library/nginx',
      },
    ]);
  });

  it('warn says the same', () => {
    expect(denials('warn registry "docker.io"', ['nginx', 'ghcr.io/a/b'])).toEqual(['warn_registry nginx']);
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

  it('looks at the tag by which the image is pulled', () => {
    const images = ['nginx', 'nginx:latest', 'nginx:1', `nginx:latest@${digest}`, `nginx@${digest}`];
    expect(denials('deny tag "latest"', images)).toEqual(['deny_tag nginx', 'deny_tag nginx:latest']);
  });

  it('takes ranges of versions beside others, and from data', () => {
    const data = { least: '<1.2.0', more: { regex: '^rc' } };
    const policy = 'deny tag "latest", semver(data.least), data.more';
    expect(denials(policy, ['x:1.1.9', 'x:1.2.0', 'x:rc1', 'x'], { data })).toEqual([
      'deny_tag x:1.1.9',
      'deny_tag x:rc1',
      'deny_tag x',
    ]);
  });

  it('takes ranges of versions and regular expressions', () => {
    const policy = 'deny tag semver("<1.2.0"), [regex("^rc-\\\\d+$")]';
    const images = ['nginx:1.1.9', 'nginx:1.2.0', 'nginx:rc-1', 'nginx:rc-x'];
    expect(denials(policy, images)).toEqual(['deny_tag nginx:1.1.9', 'deny_tag nginx:rc-1']);
    expect(judge(policy, ['nginx:rc-1'])[0]!.message).toBe(
      'tag "rc-1" is denied by "regex(\\"^rc-\\\\\\\\d+$\\")"',
    );
  });
});

describe('allow tag', () => {
  it('denies other tags and leaves digests alone', () => {
    const policy = 'allow tag "v*"\nallow tag semver(">=1")';
    const images = ['nginx:v1', 'nginx:1.0.0', 'nginx', `nginx@${digest}`];
    expect(judge(policy, images)).toEqual([
      {
        rule: 'allow_tag',
        image: 'nginx',
        message: 'tag "latest" is not allowed',
        expected: 'a tag that matches one of v*, semver(">=1")',
        found: 'latest',
      },
    ]);
  });
});

describe('labels and numbers', () => {
  it('name the rules', () => {
    const policy = 'deny tag "a"\ndeny tag "b"\nfloating: deny tag "latest"\ndeny tag "c"';
    const images = ['x:a', 'x:b', 'x:c', 'x'];
    expect(denials(policy, images)).toEqual([
      'deny_tag x:a',
      'deny_tag_2 x:b',
      'floating x',
      'deny_tag_3 x:c',
    ]);
  });

  it('pass over names that rules of the package have', () => {
    const policy = 'deny tag "a"\ndeny_tag(x) := x\nfloating: deny tag "b"';
    expect(denials(policy, ['x:a'])).toEqual(['deny_tag_2 x:a']);
  });
});

describe('ranges of versions', () => {
  it('what is denied counts pre-releases in, what is allowed does not', () => {
    const images = ['nginx:1.1.0-rc.1', 'nginx:1.1', 'nginx:1.1.0', 'nginx:1.2.0', 'nginx:latest'];
    const [rc, partial, inside, , latest] = images;
    for (const verb of ['deny', 'warn'])
      expect(denials(`${verb} tag semver("<1.2.0")`, images)).toEqual(
        [rc, partial, inside].map(image => `${verb}_tag ${image}`),
      );
    expect(denials('deny tag data.tags', images, { data: { tags: [{ semver: '<1.2.0' }] } })).toHaveLength(3);
    expect(denials('allow tag semver(">=1.0.0")', images)).toEqual(
      [rc, partial, latest].map(image => `allow_tag ${image}`),
    );
  });
});

describe('many alternatives', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => `allow registry "r${i}.acme.io" for "r${i}.acme.io"`).join('\n');

  it('each says its part, the first in scope reports', () => {
    const policy = `${many(400)}\nallow registry "ghcr.io"`;
    expect(denials(policy, ['r399.acme.io/x', 'ghcr.io/a/b', 'nginx'])).toEqual(['allow_registry_401 nginx']);
  });

  it('become rules as many as they are', () => {
    const size = (count: number) => {
      const source = new SourceFile('a.policy', `package p\n${many(count)}`);
      const { module } = parseModule(source.text, { version: 'v1', dialect: 'policy' });
      return JSON.stringify(lowerModule(module!, source).lowered).length;
    };
    expect(size(400) / size(200)).toBeLessThan(2.1);
  });
});

describe('what is said', () => {
  const said = (policy: string) => judge(policy, ['nginx'], { place: { pull_secrets: ['q'] } })[0]!;

  it('of a warning is a warning', () => {
    expect(said('warn tag "latest"').message).toBe('tag "latest" matches "latest", which is warned about');
    expect(said('warn registry "docker.io"').message).toBe(
      'repository "docker.io/library/nginx" matches "docker.io", which is warned about',
    );
    expect(said('warn image where { image.tag == "latest" }').message).toBe(
      '"docker.io/library/nginx:latest" is warned about: it satisfies image.tag == "latest"',
    );
    expect(said('warn registry data.x').message).toBe('data.x is undefined, and undecided is warned about');
  });

  it('to be expected are the values, not the name of the rule that has them', () => {
    const expected = (text: string) => said(text).expected;
    expect(expected('allow registry allowed\n\nallowed := ["a.b", "c.d"]')).toBe(
      'a repository that matches one of a.b, c.d',
    );
    expect(expected('allow registry allowed\n\nallowed := []')).toBe(
      'a repository that matches one of an empty list',
    );
    expect(expected('require pull_secret names\n\nnames := ["a", "b"]')).toBe(
      'an image pull secret out of a, b',
    );
  });
});
