import { describe, expect, it } from 'vitest';
import { Halt, SourceFile } from '../../src/base/index.ts';
import { compilePlan, Evaluation } from '../../src/evaluate/index.ts';
import { checkPolicy, planPolicy } from '../../src/language/index.ts';
import { parseJson, stringify } from '../../src/values/index.ts';
import recorded from './regressions.json' with { type: 'json' };

/** Disagreements that the differential test has found, with what OPA 1.22 makes of `data.t.p`. */
interface Regression {
  readonly name: string;
  readonly module: string;
  /** JSON text. */
  readonly input?: string;
  readonly strict?: boolean;
  /** JSON text. */
  readonly value?: string;
  readonly undefined?: boolean;
  /** Of the evaluation. */
  readonly error?: string;
  /** Of the checks, with row and column; of the parser without. */
  readonly errors?: readonly string[];
}

function outcome({ module, input, strict = false }: Regression): Partial<Regression> {
  const { checked, diagnostics } = checkPolicy([{ source: new SourceFile('t.rego', module) }]);
  if (!checked) return { errors: [...new Set(diagnostics.map(place))] };
  const evaluation = new Evaluation(compilePlan(planPolicy(checked)), {
    now: 0n,
    strict,
    ...(input !== undefined && { input: parseJson(input) }),
  });
  try {
    const value = evaluation.document(['t', 'p']);
    return value === undefined ? { undefined: true } : { value: stringify(parseJson(stringify(value))) };
  } catch (error) {
    if (error instanceof Halt) return { error: error.code };
    throw error;
  }
}

function place({ code, source, span }: ReturnType<typeof checkPolicy>['diagnostics'][number]): string {
  const { line, column } = source.position(span.start);
  return code === 'rego_parse_error' ? code : `${code} ${line}:${column}`;
}

describe('what the differential test has found', () => {
  it.each(recorded as readonly Regression[])('$name', regression => {
    const { name: _, module: __, input: ___, strict: ____, ...expected } = regression;
    expect(outcome(regression)).toEqual(expected);
  });
});
