import { parseQuery } from '../../grammar/index.ts';
import { Budget, type BudgetLimits, limits, SourceFile } from '../../src/base/index.ts';
import { compilePlan, Evaluation, type EvaluationOptions } from '../../src/evaluate/index.ts';
import { checkPolicy, checkQuery, type Plan, planPolicy } from '../../src/language/index.ts';
import { fromJson, type Json, parseJson, type Value } from '../../src/values/index.ts';

/** The plan of one module text, as it comes back from storage. */
export function planOf(text: string, query?: string): Plan {
  const { checked, diagnostics } = checkPolicy([{ source: new SourceFile('test.rego', text) }]);
  if (!checked) throw new Error(diagnostics.map(each => `${each.code}: ${each.message}`).join('\n'));
  if (query === undefined) return JSON.parse(JSON.stringify(planPolicy(checked))) as Plan;
  const source = new SourceFile('query', query);
  const { body } = parseQuery(query);
  const found = checkQuery(checked, source, body!);
  if (!found.query) throw new Error(found.diagnostics.map(each => each.message).join('\n'));
  return JSON.parse(JSON.stringify(planPolicy(checked, [found.query]))) as Plan;
}

export interface Circumstances extends Partial<Omit<EvaluationOptions, 'input' | 'data' | 'budget'>> {
  readonly input?: Json;
  /** The input as JSON text, in place of `input`. */
  readonly inputText?: string;
  readonly data?: Json;
  readonly budget?: Partial<BudgetLimits>;
}

/** An evaluation of one module text. */
export function evaluationOf(
  text: string,
  { input, inputText, data, budget, ...rest }: Circumstances = {},
): Evaluation {
  return new Evaluation(compilePlan(planOf(text)), {
    now: 1_700_000_000_000_000_000n,
    ...(input !== undefined && { input: fromJson(input) }),
    ...(inputText !== undefined && { input: parseJson(inputText) }),
    ...(data !== undefined && { data: fromJson(data) }),
    ...(budget && { budget: new Budget({ ...limits, ...budget }) }),
    ...rest,
  });
}

/** The value of `data.test.p` of a module whose rules are given; undefined where it is undefined. */
export function valueOfP(rules: string, circumstances: Circumstances = {}): Value | undefined {
  return evaluationOf(`package test\n${rules}`, circumstances).document(['test', 'p']);
}
