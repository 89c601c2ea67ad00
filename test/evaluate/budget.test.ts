import { describe, expect, it } from 'vitest';
import { evaluationOf, valueOfP } from './evaluated.ts';

const many = Array.from({ length: 1000 }, (_, i) => i);

describe('budget', () => {
  it('names the limit when steps run out', () => {
    const rules = 'p := count([1 | some _ in input; some _ in input; some _ in input])';
    expect(() => valueOfP(rules, { input: many, budget: { steps: 100_000 } })).toThrowError(
      expect.objectContaining({ code: 'eval_budget_error', limit: 'steps' }),
    );
  });

  it('names the limit when collections grow', () => {
    const rules = 'p := [[x, y] | some x in input; some y in input]';
    expect(() => valueOfP(rules, { input: many, budget: { resultSize: 10_000 } })).toThrowError(
      expect.objectContaining({ code: 'eval_budget_error', limit: 'resultSize' }),
    );
  });

  it('charges a built-in function before it makes much out of little', () => {
    expect(() => valueOfP('p := numbers.range(0, 1000000000000)')).toThrowError(
      expect.objectContaining({ code: 'eval_budget_error' }),
    );
  });

  it('names the limit when rules are nested too deeply', () => {
    const chain = Array.from({ length: 500 }, (_, i) => `r${i} := r${i + 1} + 1`).join('\n');
    const rules = `${chain}\nr500 := 0\np := r0`;
    expect(valueOfP(rules)).toBe(500);
    expect(() => valueOfP(rules, { budget: { depth: 100 } })).toThrowError(
      expect.objectContaining({ code: 'eval_budget_error', limit: 'depth' }),
    );
  });

  it('ends a chain that is longer than the stack with the same error', () => {
    const chain = Array.from({ length: 30_000 }, (_, i) => `r${i} := r${i + 1}`).join('\n');
    const evaluation = evaluationOf(`package test\n${chain}\nr30000 := 0`, { budget: { depth: 1_000_000 } });
    expect(() => evaluation.document(['test', 'r0'])).toThrowError(
      expect.objectContaining({ code: 'eval_budget_error', limit: 'depth' }),
    );
  });

  it('charges comparing long texts, which takes time however few steps there are', () => {
    const texts = 'a := concat("", [x | some x in input])\nb := concat("", [x | some x in input])';
    const rules = `${texts}\np := count([1 | some i in numbers.range(1, 1000); a == b])`;
    const input = Array.from({ length: 1000 }, () => '0123456789'.repeat(100));
    expect(valueOfP(rules, { input })).toBe(1000);
    expect(() => valueOfP(rules, { input, budget: { steps: 100_000 } })).toThrowError(
      expect.objectContaining({ code: 'eval_budget_error', limit: 'steps' }),
    );
  });

  it('is shared by all that one evaluation is asked for', () => {
    const evaluation = evaluationOf(
      'package test\np := count([1 | some _ in input])\nq := count([2 | some _ in input])',
      {
        input: many,
        budget: { steps: 1500 },
      },
    );
    expect(evaluation.document(['test', 'p'])).toBe(1000);
    expect(() => evaluation.document(['test', 'q'])).toThrowError(
      expect.objectContaining({ limit: 'steps' }),
    );
  });
});
