import { describe, expect, it } from 'vitest';
import { denials, judge } from './statements.ts';

const images = ['nginx', 'ghcr.io/acme/api'];
const all = ['require_digest nginx', 'require_digest ghcr.io/acme/api'];

describe('for', () => {
  it('narrows by pattern', () => {
    expect(denials('require digest for "ghcr.io", "quay.io"', images)).toEqual([
      'require_digest ghcr.io/acme/api',
    ]);
    expect(denials('require digest for data.strict', images, { data: { strict: ['nginx'] } })).toEqual([
      'require_digest nginx',
    ]);
  });

  it.each([
    ['undefined', {}],
    ['a number', { strict: 1 }],
    ['an object', { strict: { a: 'ghcr.io' } }],
    ['a list with a number', { strict: ['ghcr.io', 1] }],
    ['no pattern', { strict: ['http://x'] }],
    ['null', { strict: null }],
  ])('that is %s narrows nothing', (_, data) => {
    expect(denials('require digest for data.strict', images, { data })).toEqual(all);
    expect(denials('require digest for "quay.io", data.strict', images, { data })).toEqual(all);
  });

  it('that is an empty list applies to nothing', () => {
    expect(denials('require digest for data.strict', images, { data: { strict: [] } })).toEqual([]);
  });
});

describe('if and unless', () => {
  it('unless excepts only where it holds', () => {
    const policy = 'require digest unless input.context.environment == "development"';
    expect(denials(policy, images, { context: { environment: 'development' } })).toEqual([]);
    expect(denials(policy, images, { context: { environment: 'production' } })).toEqual(all);
    expect(denials(policy, images)).toEqual(all);
  });

  it('if applies only where it holds', () => {
    const policy = 'require digest if input.context.environment == "production"';
    expect(denials(policy, images, { context: { environment: 'production' } })).toEqual(all);
    expect(denials(policy, images)).toEqual([]);
  });

  it('may speak of the image, with variables of their own', () => {
    const policy =
      'require digest if { some host in data.hosts; image.registry == host } unless image.tag == "1"';
    expect(
      denials(policy, [...images, 'ghcr.io/a/b:1'], { data: { hosts: ['ghcr.io', 'quay.io'] } }),
    ).toEqual(['require_digest ghcr.io/acme/api']);
  });

  it('stand beside for', () => {
    const policy = 'require digest for "ghcr.io" if input.context.strict unless image.tag == "1"';
    const refs = [...images, 'ghcr.io/a/b:1'];
    expect(denials(policy, refs, { context: { strict: true } })).toEqual(['require_digest ghcr.io/acme/api']);
    expect(denials(policy, refs)).toEqual([]);
  });
});

describe('because', () => {
  it('may be any term, of the image too', () => {
    const policy = 'require digest because sprintf("%s: see %d", [image.repository, 7])';
    expect(judge(policy, ['nginx'])[0]!.because).toBe('library/nginx: see 7');
    expect(judge('require digest because data.why', ['nginx'], { data: { why: ['a'] } })[0]!.because).toBe(
      '["a"]',
    );
  });

  it('that is undefined lets nothing pass', () => {
    expect(judge('require digest because data.why', ['nginx'])[0]!.because).toBe('data.why is undefined');
    expect(denials('require digest because sprintf("%s", image.tag)', ['nginx'])).toEqual([
      'require_digest nginx',
    ]);
  });
});
