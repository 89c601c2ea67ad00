import { describe, expect, it } from 'vitest';
import type { Need } from '../../src/builtins/index.ts';
import { MAX_ROUNDS } from '../../src/decide/index.ts';
import type { EvidenceResolver } from '../../src/evidence/index.ts';
import { evidenceAnswer } from '../../src/images/index.ts';
import type { Value } from '../../src/values/index.ts';
import { policyOf, verdictOn } from './decided.ts';

/** A resolver that answers by kind of need and remembers what it was asked in each round. */
function resolver(answer: (need: Need) => Value | undefined) {
  const rounds: string[][] = [];
  const evidence: EvidenceResolver = {
    resolve: async needs => {
      rounds.push(needs.map(need => need.kind));
      return new Map(
        needs.flatMap(need => {
          const value = answer(need);
          return value === undefined ? [] : [[need.key, value] as const];
        }),
      );
    },
  };
  return { evidence, rounds };
}

const verified = evidenceAnswer('verified', { count: 1 });
const keys = '{"key": "-----BEGIN PUBLIC KEY-----\\nAA==\\n-----END PUBLIC KEY-----\\n"}';
const signature = `package a\nrequire signature by ${keys}`;

describe('evidence', () => {
  it('is asked for once and then decided upon', async () => {
    const { evidence, rounds } = resolver(() => verified);
    const verdict = await verdictOn(signature, { images: ['nginx:1', 'redis:7'] }, { evidence });
    expect(verdict).toMatchObject({ decision: 'allow', errors: [], cost: { rounds: 2 } });
    expect(rounds).toEqual([['signature', 'signature']]);
  });

  it('is asked for together by all policies, each need once', async () => {
    const { evidence, rounds } = resolver(() => verified);
    const policies = [policyOf(signature), policyOf(signature.replace('package a', 'package b'))];
    await verdictOn(policies, { images: ['nginx:1'] }, { evidence });
    expect(rounds).toEqual([['signature']]);
  });

  it('that is not there denies', async () => {
    const { evidence } = resolver(() => evidenceAnswer('absent', { reason: 'no signatures' }));
    const verdict = await verdictOn(signature, { images: ['nginx:1'] }, { evidence });
    expect(verdict.decision).toBe('deny');
    expect(verdict.violations[0]).toMatchObject({ rule: 'a.require_signature', indeterminate: false });
  });

  it.each([
    ['without a resolver', undefined],
    ['that gets no answer', resolver(() => undefined).evidence],
    ['whose resolver fails', { resolve: () => Promise.reject(new Error('down')) }],
    [
      'that is answered as unavailable',
      resolver(() => evidenceAnswer('unavailable', { reason: 'timeout' })).evidence,
    ],
  ])('%s is indeterminate', async (_, evidence) => {
    const verdict = await verdictOn(signature, { images: ['nginx:1'] }, evidence && { evidence });
    expect(verdict.decision).toBe('indeterminate');
    expect(verdict.violations[0]).toMatchObject({ rule: 'a.require_signature', indeterminate: true });
    expect(verdict.images[0]!.decision).toBe('indeterminate');
  });

  it('denial outweighs what could not be decided', async () => {
    const verdict = await verdictOn(`${signature}\ndeny tag "1"`, { images: ['nginx:1'] });
    expect(verdict.decision).toBe('deny');
  });

  it('of a preference changes no decision', async () => {
    const verdict = await verdictOn(signature.replace('require', 'prefer'), { images: ['nginx:1'] });
    expect(verdict).toMatchObject({ decision: 'allow', errors: [], summary: { warnings: 1 } });
  });

  it('of an exempted image changes no decision', async () => {
    const text = `${signature}\nexempt "nginx" from require_signature until "2027-01-31" because "x"`;
    const verdict = await verdictOn(text, { images: ['nginx:1'] });
    expect(verdict).toMatchObject({ decision: 'allow', errors: [], summary: { exempted: 1 } });
  });

  it('that a plain rule asks for in vain is an error', async () => {
    const text = 'package a\ndeny contains "no" if image.resolve("nginx:1").digest == "x"';
    const verdict = await verdictOn(text, { images: ['nginx:1'] });
    expect(verdict).toMatchObject({
      decision: 'indeterminate',
      violations: [],
      errors: [{ code: 'evidence_error' }],
    });
    expect(verdict.errors[0]!.message).toBe(
      'evidence could not be had: resolve of docker.io/library/nginx:1',
    );
  });

  it('may lead to further needs, up to a limit', async () => {
    const text = [
      'package a',
      'a := image.resolve("nginx:0").digest',
      'b := image.resolve(sprintf("nginx:%s", [a])).digest',
      'c := image.resolve(sprintf("nginx:%s", [b])).digest',
      'd := image.resolve(sprintf("nginx:%s", [c])).digest',
      'deny contains sprintf("%s", [x]) if { x := DEPTH }',
    ].join('\n');
    let answered = 0;
    const { evidence, rounds } = resolver(() => evidenceAnswer('found', { digest: `v${++answered}` }));
    const shallow = await verdictOn(text.replace('DEPTH', 'c'), { images: ['nginx:1'] }, { evidence });
    expect(shallow).toMatchObject({ decision: 'deny', errors: [], cost: { rounds: MAX_ROUNDS } });
    expect(rounds).toHaveLength(MAX_ROUNDS - 1);
    const deep = await verdictOn(text.replace('DEPTH', 'd'), { images: ['nginx:1'] }, { evidence });
    expect(deep).toMatchObject({ decision: 'indeterminate', cost: { rounds: MAX_ROUNDS } });
    expect(deep.errors.map(({ code }) => code)).toEqual(['evidence_error']);
  });

  it('that was seen is in the verdict', async () => {
    const seen = { type: 'signature', source: 'registry', verified: true };
    const { evidence } = resolver(() => verified);
    const verdict = await verdictOn(
      signature,
      { images: ['nginx:1'] },
      {
        evidence: { ...evidence, seen: name => (name === 'docker.io/library/nginx:1' ? [seen] : []) },
      },
    );
    expect(verdict.images[0]!.evidence).toEqual([seen]);
  });
});
