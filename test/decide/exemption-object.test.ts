import { describe, expect, it } from 'vitest';
import { readMoment } from '../../src/base/index.ts';
import {
  type DecideOptions,
  type ExemptionObject,
  formatVerdict,
  type Verdict,
} from '../../src/decide/index.ts';
import type { SubmissionParts } from '../../src/manifests/index.ts';
import { policyOf, verdictOn } from './decided.ts';

const day = (date: string) => Date.parse(`${date}T00:00:00Z`);

const exemption: ExemptionObject = {
  id: '01EXEMPTION',
  policy: 'acme/test',
  owner: 'team-shop',
  reason: 'moves next sprint',
  ticket: 'OPS-212',
  images: ['nginx'],
  rules: ['a.deny_tag'],
  indeterminate: false,
  startsAt: day('2026-11-01'),
  expiresAt: day('2026-12-01'),
};

const policy = 'package a\ndeny tag "latest"';

function on(
  parts: SubmissionParts,
  more: Partial<ExemptionObject> = {},
  options: Partial<DecideOptions> & { readonly policy?: string } = {},
): Promise<Verdict> {
  const { policy: text = policy, ...rest } = options;
  return verdictOn(text, parts, { exemptions: [{ ...exemption, ...more }], ...rest });
}

const pod = (namespace: string | undefined, image = 'nginx') =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', ...(namespace !== undefined && { namespace }) },
    spec: { containers: [{ name: 'web', image }] },
  });

const pods = (...namespaces: readonly (string | undefined)[]): SubmissionParts => ({
  files: namespaces.map((namespace, i) => ({ name: `${i}.json`, text: pod(namespace) })),
});

describe('an exemption object', () => {
  it('lifts the violation of its rule and image, and the verdict says whose it is', async () => {
    const verdict = await on({ images: ['nginx'] });
    expect(verdict).toMatchObject({ decision: 'allow', summary: { exempted: 1 } });
    expect(verdict.violations[0]!.exempted).toEqual({
      until: '2026-12-01T00:00:00Z',
      because: 'moves next sprint',
      id: '01EXEMPTION',
      owner: 'team-shop',
      ticket: 'OPS-212',
    });
  });

  it.each([
    ['another policy', { policy: 'acme/other' }],
    ['another rule', { rules: ['a.deny'] }],
    ['the rule without its package', { rules: ['deny_tag'] }],
    ['another image', { images: ['redis'] }],
    ['a digest that the image has not', { images: [`sha256:${'1'.repeat(64)}`] }],
    ['no image', { images: [] }],
    ['no namespace', { namespaces: [] }],
    ['a pattern that is none', { images: ['**/['] }],
  ])('lifts nothing where it is for %s', async (_, more) => {
    expect((await on({ images: ['nginx'] }, more)).decision).toBe('deny');
  });

  it.each([
    ['2026-10-31T23:59:59.999Z', 'deny'],
    ['2026-11-01T00:00:00Z', 'allow'],
    ['2026-11-30T23:59:59.999Z', 'allow'],
    ['2026-12-01T00:00:00Z', 'deny'],
  ])('as of %s: %s', async (time, decision) => {
    expect((await on({ images: ['nginx'] }, {}, { asOf: readMoment(time)! })).decision).toBe(decision);
  });

  it('can name an image by digest', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const options = { policy: 'package a\ndeny registry "ghcr.io"' };
    const more = { images: [digest], rules: ['a.deny_registry'] };
    const parts = { images: [`ghcr.io/acme/api@${digest}`, 'ghcr.io/acme/api:1'] };
    const { images } = await on(parts, more, options);
    expect(images.map(({ decision }) => decision)).toEqual(['allow', 'deny']);
  });

  it('cannot lift an invalid reference, nor what names no image', async () => {
    const any = { images: ['**'], rules: ['pratique.reference', 'a.deny', 'a.deny_tag'] };
    expect((await on({ images: ['acme/UPPER'] }, any)).decision).toBe('deny');
    const plain = 'package a\ndeny contains "no"';
    expect((await on({ images: ['nginx'] }, any, { policy: plain })).decision).toBe('deny');
  });

  it('with names of Object.prototype is no more than others', async () => {
    const more = { rules: ['constructor', '__proto__'], images: ['constructor'] };
    expect((await on({ images: ['nginx'] }, more)).decision).toBe('deny');
  });
});

describe('an exemption for namespaces', () => {
  const shop = { namespaces: ['shop', 'pay-*'] };

  it('lifts where the image stands in no other', async () => {
    expect((await on(pods('shop', 'pay-eu'), shop)).decision).toBe('allow');
  });

  it.each([
    ['another namespace', 'kube-system', 'in namespace kube-system'],
    ['a namespace that only begins alike', 'shopping', 'in namespace shopping'],
    ['no namespace', undefined, 'where no namespace is given'],
  ])('lifts nothing where the image stands also in %s', async (_, other, text) => {
    const verdict = await on(pods('shop', other), shop);
    expect(verdict).toMatchObject({ decision: 'deny', summary: { exempted: 0 } });
    expect(verdict.violations.map(each => each.not_exempted)).toEqual([
      `exemption 01EXEMPTION: it is for namespaces shop, pay-*, and the image stands also ${text}`,
    ]);
  });

  it('looks at every spelling of the image', async () => {
    const files = [
      { name: 'a.json', text: pod('shop') },
      { name: 'b.json', text: pod('other', 'docker.io/library/nginx:latest') },
    ];
    const { images } = await on({ files }, { ...shop, images: ['nginx'] });
    expect(images.map(({ decision }) => decision)).toEqual(['deny', 'deny']);
  });

  it('leaves other images alone', async () => {
    const files = [
      { name: 'a.json', text: pod('shop') },
      { name: 'b.json', text: pod('other', 'redis:7') },
    ];
    expect((await on({ files }, shop)).decision).toBe('allow');
  });

  it.each([['shop', 'pay-*'], ['*'], ['**']])('lifts nothing in a bare list: %s', async (...namespaces) => {
    expect((await on({ images: ['nginx'] }, { namespaces })).decision).toBe('deny');
  });
});

describe('what an exemption object does not lift', () => {
  it('is what a rule could not decide, unless it says so', async () => {
    const undecided = `package a
      deny contains {"msg": "no", "image": "nginx", "indeterminate": true}`;
    const rules = ['a.deny'];
    const without = await on({ images: ['nginx'] }, { rules }, { policy: undecided });
    expect(without.decision).toBe('indeterminate');
    expect(without.violations[0]!.not_exempted).toContain('could not be decided');
    const more = { rules, indeterminate: true };
    expect((await on({ images: ['nginx'] }, more, { policy: undecided })).decision).toBe('allow');
  });

  it('is a locked rule', async () => {
    const locked = { ...policyOf(policy), locked: { 'a.deny_tag': 'acme/baseline@7' } };
    const verdict = await verdictOn([locked], { images: ['nginx'] }, { exemptions: [exemption] });
    expect(verdict.decision).toBe('deny');
    expect(verdict.violations[0]).toMatchObject({
      exempted: null,
      not_exempted: 'exemption 01EXEMPTION: locked by acme/baseline@7',
    });
  });
});

describe('exemptions side by side', () => {
  const statement = (until: string) =>
    `${policy}\nexempt "nginx" from deny_tag until "${until}" because "statement"`;

  it.each([
    ['2026-11-25', 'moves next sprint'],
    ['2027-01-01', 'statement'],
  ])('a statement until %s: what lasts longest is named', async (until, because) => {
    const verdict = await on({ images: ['nginx'] }, {}, { policy: statement(until) });
    expect(verdict.violations[0]!.exempted!.because).toBe(because);
  });

  it('two objects: the one that lasts longest', async () => {
    const longer = { ...exemption, id: '01LONGER', expiresAt: day('2027-06-01') };
    const exemptions = [exemption, longer];
    const verdict = await verdictOn(policy, { images: ['nginx'] }, { exemptions });
    expect(verdict.violations[0]!.exempted!.id).toBe('01LONGER');
  });

  it('one that is refused beside one that is not: lifted, and nothing is said of the other', async () => {
    const exemptions = [
      { ...exemption, namespaces: ['shop'] },
      { ...exemption, id: '01OTHER' },
    ];
    const verdict = await verdictOn(policy, { images: ['nginx'] }, { exemptions });
    expect(verdict.violations[0]).not.toHaveProperty('not_exempted');
    expect(verdict.violations[0]!.exempted!.id).toBe('01OTHER');
  });
});

describe('formats', () => {
  it('say whose exemption it is, and why one does not count', async () => {
    const text = (verdict: Verdict) => formatVerdict(verdict, 'text', { asOfGiven: false }).body;
    expect(text(await on({ images: ['nginx'] }))).toContain(
      'until 2026-12-01T00:00:00Z: moves next sprint (team-shop, OPS-212, exemption 01EXEMPTION)',
    );
    expect(text(await on({ images: ['nginx'] }, { namespaces: ['shop'] }))).toContain(
      'refused   exemption 01EXEMPTION: it is for namespaces shop',
    );
  });
});
