import { describe, expect, it } from 'vitest';
import { parseModule } from '../../grammar/index.ts';
import { Budget, Halt, limits, SourceFile } from '../../src/base/index.ts';
import { compilePlan, Evaluation } from '../../src/evaluate/index.ts';
import { checkPolicy, type Plan, planPolicy, printModule } from '../../src/language/index.ts';
import { parseJson, stringify } from '../../src/values/index.ts';
import { data } from '../differential/generator/documents.ts';
import { type Program, programOf } from '../differential/generator/program.ts';
import { shapeOf } from '../language/trees.ts';

const seeds = Array.from({ length: 600 }, (_, i) => 1_000_000 + i);

function planOf({ modules }: Program): Plan | undefined {
  const files = modules.map(({ name, text }) => ({ source: new SourceFile(`${name}.rego`, text) }));
  const { checked, diagnostics } = checkPolicy(files);
  for (const { source, span } of diagnostics) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeLessThanOrEqual(source.text.length);
  }
  expect(checked === undefined).toBe(diagnostics.some(each => each.severity === 'error'));
  return checked && (JSON.parse(JSON.stringify(planPolicy(checked))) as Plan);
}

/** What the package comes to, as text, and the steps that it took. */
function run(
  plan: Plan,
  { input, strict }: Program,
  steps: number,
): { readonly text: string; readonly taken: number } {
  const evaluation = new Evaluation(compilePlan(plan), {
    ...(input !== undefined && { input: parseJson(input) }),
    data: parseJson(data),
    now: 0n,
    strict,
    budget: new Budget({ ...limits, steps }),
  });
  const text = outcome(() => stringify(evaluation.document(['t']) ?? null));
  return { text, taken: evaluation.steps };
}

function outcome(evaluate: () => string): string {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof Halt && error.code !== 'eval_internal_error') return error.code;
    throw error;
  }
}

describe('random programs', () => {
  it('give a value or an error with a name, the same one twice', () => {
    let values = 0;
    for (const seed of seeds) {
      const program = programOf(seed);
      const plan = planOf(program);
      if (plan === undefined) continue;
      const { text } = run(plan, program, 200_000);
      expect(run(plan, program, 200_000).text, `seed ${seed}`).toBe(text);
      if (!text.startsWith('eval_')) values++;
    }
    expect(values).toBeGreaterThan(seeds.length / 5);
  });

  it('take no more than twice the steps they are granted', () => {
    for (const seed of seeds) {
      const program = programOf(seed);
      const plan = planOf(program);
      if (plan === undefined) continue;
      for (const steps of [0, 20, 200])
        expect(run(plan, program, steps).taken, `seed ${seed}`).toBeLessThanOrEqual(2 * steps + 2);
    }
  });

  it('print to text that parses to the same tree', () => {
    for (const seed of seeds) {
      for (const { text } of programOf(seed).modules) {
        const { module } = parseModule(text);
        if (module === undefined) continue;
        const printed = printModule(module, text);
        const again = parseModule(printed);
        expect(again.problems, printed).toEqual([]);
        expect(shapeOf(again.module), printed).toEqual(shapeOf(module));
        expect(printModule(again.module!, printed)).toBe(printed);
      }
    }
  });
});
