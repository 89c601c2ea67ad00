import { describe, expect, it } from 'vitest';
import { compilePlan, Evaluation } from '../../src/evaluate/index.ts';
import type { Place } from '../../src/language/index.ts';
import { fromJson, type Json } from '../../src/values/index.ts';
import { planOf } from './evaluated.ts';

/** The lines and columns that were reached, in order. */
function covered(text: string, input: Json): readonly string[] {
  const places = new Set<Place>();
  const policy = compilePlan(planOf(text), { coverage: true });
  new Evaluation(policy, { input: fromJson(input), now: 0n, covered: places }).document(['test', 'p']);
  return [...places].map(([, line, column]) => `${line}:${column}`);
}

describe('coverage', () => {
  it('has the conditions that were tried and the branches that held', () => {
    const text = 'package test\np := 1 if {\n\tinput > 1\n\tinput > 2\n} else := 2 if {\n\ttrue\n}';
    expect(covered(text, 0)).toEqual(['3:2', '6:2', '5:3']);
    expect(covered(text, 2)).toEqual(['3:2', '4:2', '6:2', '5:3']);
    expect(covered(text, 3)).toEqual(['3:2', '4:2', '2:1']);
  });

  it('is not taken of a policy that was not compiled for it', () => {
    const places = new Set<Place>();
    const policy = compilePlan(planOf('package test\np if true'));
    new Evaluation(policy, { now: 0n, covered: places }).document(['test', 'p']);
    expect(places.size).toBe(0);
  });
});
