import { describe, expect, it } from 'vitest';
import { denials, judge } from './statements.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('require digest', () => {
  it('denies what is not pinned and says how to mend it', () => {
    expect(judge('require digest', [`nginx@${digest}`, 'nginx:1'])).toEqual([
      {
        rule: 'require_digest',
        image: 'nginx:1',
        message: '"nginx:1" is not pinned by digest',
        expected: 'a reference with a digest: NAME@sha256:…',
        found: 'nginx:1',
        fix: { description: 'pin the digest' },
      },
    ]);
  });

  it('leaves references that are not valid to the verdict', () => {
    expect(denials('require digest\nallow registry "ghcr.io"', ['NOT VALID'])).toEqual([]);
  });
});

describe('require pull_secret', () => {
  it('wants any, or one of those named', () => {
    const place = { pull_secrets: ['regcred'] };
    expect(denials('require pull_secret', ['nginx'], { place })).toEqual([]);
    expect(denials('require pull_secret "a", ["regcred"]', ['nginx'], { place })).toEqual([]);
    expect(judge('require pull_secret "a", "b"', ['nginx'], { place })).toEqual([
      {
        rule: 'require_pull_secret',
        image: 'nginx',
        message: 'the workload does not name an image pull secret out of a, b',
        expected: 'an image pull secret out of a, b',
        found: 'regcred',
      },
    ]);
  });

  it('denies where there is none, or no workload', () => {
    expect(denials('require pull_secret', ['nginx'], { place: { pull_secrets: [] } })).toHaveLength(1);
    expect(denials('require pull_secret', ['nginx'])).toHaveLength(1);
  });

  it('takes the names from data, and denies where these are none', () => {
    const place = { pull_secrets: ['regcred'] };
    const policy = 'require pull_secret data.names';
    for (const names of ['regcred', ['regcred']])
      expect(denials(policy, ['nginx'], { place, data: { names } })).toEqual([]);
    for (const names of [1, null, { a: 'regcred' }, []])
      expect(denials(policy, ['nginx'], { place, data: { names } })).toHaveLength(1);
    expect(judge(policy, ['nginx'], { place })[0]!.message).toBe(
      'data.names is undefined, and undecided is denied',
    );
  });
});

describe('require image where', () => {
  it('lets pass only where it holds', () => {
    const policy = 'require image where { image.registry == input.context.registry }';
    expect(denials(policy, ['nginx', 'ghcr.io/a/b'], { context: { registry: 'ghcr.io' } })).toEqual([
      'require_image nginx',
    ]);
    expect(judge(policy, ['nginx'])[0]).toMatchObject({
      message: '"docker.io/library/nginx:latest" does not satisfy image.registry == input.context.registry',
    });
  });

  it('may call the functions on images', () => {
    const policy = [
      'require image where image.matches(image, data.allowed) if image.parse(image.ref).tag == "1"',
      'require sbom where { sbom.packages[_].name == image.parse(image.ref).repository; sbom.document != 1 }',
    ].join('\n');
    const evidence = {
      sbom: { status: 'found', document: { packages: [{ name: 'library/nginx' }], document: 2 } },
    };
    const found = denials(policy, ['nginx:1', 'nginx:2'], { data: { allowed: ['ghcr.io'] }, evidence });
    expect(found).toEqual(['require_image nginx:1']);
  });

  it('shows a percent sign as it is', () => {
    expect(judge('require image where image.tag == "100%d"', ['nginx'])[0]!.message).toContain('"100%d"');
  });
});

describe('deny image where', () => {
  it('denies where it holds', () => {
    const policy = 'warn image where { image.pull_policy == "Always"; image.digest }';
    const place = { pull_policy: 'Always' };
    expect(denials(policy, [`nginx@${digest}`, 'nginx'], { place })).toEqual([`warn_image nginx@${digest}`]);
    expect(denials(policy, [`nginx@${digest}`])).toEqual([]);
  });

  it('denies where a path that it needs does not exist', () => {
    const policy = 'deny image where { image.registry in data.blocked }';
    expect(denials(policy, ['nginx'], { data: { blocked: ['quay.io'] } })).toEqual([]);
    expect(denials(policy, ['nginx'], { data: { blocked: ['docker.io'] } })).toEqual(['deny_image nginx']);
    expect(judge(policy, ['nginx'])[0]!.message).toBe('data.blocked is undefined, and undecided is denied');
  });

  it('lets a key be missing below a path that exists', () => {
    const policy = 'deny image where { data.blocked[image.registry] == true }';
    expect(denials(policy, ['nginx'], { data: { blocked: {} } })).toEqual([]);
    expect(denials(policy, ['nginx'])).toHaveLength(1);
  });

  it('does not need what conditions on the image alone except', () => {
    const policy = 'deny image where { input.context.environment == "production"; image.tag == "latest" }';
    expect(denials(policy, ['nginx', 'nginx:1'])).toEqual(['deny_image nginx']);
  });

  it('takes a path that stands alone as a question', () => {
    const policy = 'deny image where input.context.frozen';
    expect(denials(policy, ['nginx'])).toEqual([]);
    expect(denials(policy, ['nginx'], { context: { frozen: true } })).toHaveLength(1);
  });
});

describe('exempt', () => {
  const rules = 'deny tag "latest"\n';

  it('names images, rules, end and reason', () => {
    const policy = `${rules}exempt "docker.io/library/redis" from deny_tag until "2027-01-31" because "OPS-212"`;
    expect(judge(policy, ['redis', 'nginx']).filter(({ rule }) => rule === 'exempt')).toEqual([
      { rule: 'exempt', image: 'redis', rules: ['deny_tag'], until: '2027-01-31', because: 'OPS-212' },
    ]);
  });

  it.each([
    ['patterns that are undefined', 'exempt data.x from deny_tag until "2027-01-31" because "a"'],
    [
      'patterns one of which is undefined',
      'exempt "**", data.x from deny_tag until "2027-01-31" because "a"',
    ],
    ['a date that is undefined', 'exempt "**" from deny_tag until data.x because "a"'],
    ['a reason that is undefined', 'exempt "**" from deny_tag until "2027-01-31" because data.x'],
    ['a reason that is none', 'exempt "**" from deny_tag until "2027-01-31" because data.y'],
    ['a reason that is no text', 'exempt "**" from deny_tag until "2027-01-31" because data.z'],
    ['if that does not hold', 'exempt "**" from deny_tag until "2027-01-31" because "a" if input.x == 1'],
    [
      'unless that is undefined',
      'exempt "**" from deny_tag until "2027-01-31" because "a" unless input.x == 1',
    ],
    [
      'unless alone that is undefined',
      'exempt "**" from deny_tag until "2027-01-31" because "a" unless input.x',
    ],
  ])('exempts nothing by %s', (_, exemption) => {
    expect(denials(rules + exemption, ['nginx'], { data: { y: ' ', z: [1] } })).toEqual(['deny_tag nginx']);
  });

  it('takes if and unless that are known', () => {
    const end = 'until "2027-01-31" because "a"';
    const context = { environment: 'development' };
    for (const clause of [
      'if input.context.environment == "development"',
      'unless input.context.environment == "x"',
    ])
      expect(denials(`${rules}exempt "**" from deny_tag ${end} ${clause}`, ['nginx'], { context })).toContain(
        'exempt nginx',
      );
  });
});
