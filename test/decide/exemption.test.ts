import { describe, expect, it } from 'vitest';
import { readMoment } from '../../src/base/index.ts';
import { fromJson } from '../../src/values/index.ts';
import { policyOf, verdictOn } from './decided.ts';

const until = (date: string, names = 'deny_tag') =>
  `package a\ndeny tag "latest"\nexempt "nginx" from ${names} until "${date}" because "OPS-212"`;

describe('exemptions', () => {
  it.each([
    ['"nginx"', '"2027-01-31"', 'data.nope', 'data.nope'],
    ['"nginx"', 'data.nope', '"OPS-212"', 'data.nope'],
    ['data.nope', '"2027-01-31"', '"OPS-212"', 'data.nope'],
    ['"nginx"', '"2027-01-31"', 'input.context', 'input.context'],
  ])('for %s until %s because %s say why they do not apply', async (patterns, date, because, text) => {
    const policy = `package a\ndeny tag "latest"\nexempt ${patterns} from deny_tag until ${date} because ${because}`;
    const verdict = await verdictOn(policy, { images: ['nginx'] });
    expect(verdict.decision).not.toBe('allow');
    expect(verdict.violations.map(({ exempted }) => exempted)).toEqual([null]);
    expect(verdict.errors).toMatchObject([
      {
        code: 'exemption_error',
        message: `exemption does not apply: ${text} is undefined or no text`,
        source: { file: 'p.policy', line: 3, column: 1 },
      },
    ]);
    expect((await verdictOn(policy, { images: ['nginx:1'] })).decision).toBe('allow');
  });

  it('lift the violations of their image and stay in the verdict', async () => {
    const verdict = await verdictOn(until('2027-01-31'), { images: ['nginx'] });
    expect(verdict).toMatchObject({ decision: 'allow', summary: { allowed: 1, exempted: 1 } });
    expect(verdict.violations[0]!.exempted).toEqual({
      until: '2027-01-31',
      because: 'OPS-212',
      source: { file: 'p.policy', line: 3, column: 1 },
    });
  });

  it('lift none of other images', async () => {
    const verdict = await verdictOn(until('2027-01-31'), { images: ['nginx', 'redis'] });
    expect(verdict.decision).toBe('deny');
    expect(verdict.images.map(({ decision }) => decision)).toEqual(['allow', 'deny']);
  });

  it('lift none of other rules', async () => {
    const text = `${until('2027-01-31')}\nrequire digest`;
    const verdict = await verdictOn(text, { images: ['nginx'] });
    expect(verdict.decision).toBe('deny');
    expect(verdict.violations.map(({ rule, exempted }) => [rule, exempted === null])).toEqual([
      ['a.deny_tag', false],
      ['a.require_digest', true],
    ]);
  });

  it('lift none of other packages', async () => {
    const policies = [policyOf(until('2027-01-31')), policyOf('package b\ndeny tag "latest"')];
    expect((await verdictOn(policies, { images: ['nginx'] })).decision).toBe('deny');
  });

  it('lift what a plain rule says of an image, not what it says of none', async () => {
    const text = (image: string) =>
      `package a\ndeny contains {"msg": "no"${image}}\nexempt "nginx" from deny until "2027-01-31" because "x"`;
    expect((await verdictOn(text(', "image": "nginx"'), { images: ['nginx'] })).decision).toBe('allow');
    expect((await verdictOn(text(''), { images: ['nginx'] })).decision).toBe('deny');
  });

  it.each([
    ['2026-11-21', 'allow'],
    ['2026-11-20', 'deny'],
    ['2026-11-19', 'deny'],
    ['2026-11-20T00:00:01Z', 'allow'],
    ['2026-11-20T00:00:00Z', 'deny'],
    ['2026-11-20T01:00:00+02:00', 'deny'],
    ['2026-11-19T23:30:00-01:00', 'allow'],
  ])('until %s: %s on 20 November at midnight', async (date, decision) => {
    expect((await verdictOn(until(date), { images: ['nginx'] })).decision).toBe(decision);
  });

  it('end at the first moment of their day', async () => {
    const at = async (time: string) =>
      (await verdictOn(until('2027-01-31'), { images: ['nginx'] }, { asOf: readMoment(time)! })).decision;
    expect(await at('2027-01-30T23:59:59Z')).toBe('allow');
    expect(await at('2027-01-31T00:00:00Z')).toBe('deny');
  });

  it('name the one that lasts longest', async () => {
    const text = `${until('2027-01-31')}\nexempt "nginx" from deny_tag until "2028-01-31" because "longer"`;
    const verdict = await verdictOn(text, { images: ['nginx'] });
    expect(verdict.violations[0]!.exempted).toMatchObject({ until: '2028-01-31', because: 'longer' });
  });

  it('cannot lift an invalid reference', async () => {
    const text = 'package a\ndeny tag "x"\nexempt "**" from deny_tag until "2027-01-31" because "x"';
    expect((await verdictOn(text, { images: ['acme/UPPER'] })).decision).toBe('deny');
  });

  it('say so where nobody can tell when they end', async () => {
    const text = `package a\ndeny tag "latest"\nexempt "nginx" from deny_tag until input.context.until because "x"`;
    const context = fromJson({ until: 'soon' });
    const verdict = await verdictOn(text, { images: ['nginx'], context });
    expect(verdict).toMatchObject({ decision: 'deny', errors: [{ code: 'exemption_error' }] });
    expect(verdict.errors[0]!.message).toContain('"soon" is not a date');
  });
});
