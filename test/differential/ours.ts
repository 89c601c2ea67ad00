import { Budget, type Diagnostic, Halt, limits, SourceFile } from '../../src/base/index.ts';
import { type CompiledPolicy, compilePlan, Evaluation } from '../../src/evaluate/index.ts';
import { type CheckedModules, checkPolicy, type Plan, planPolicy } from '../../src/language/index.ts';
import { parseJson, stringify, type Value } from '../../src/values/index.ts';
import { data } from './generator/documents.ts';
import type { Program } from './generator/program.ts';
import type { Outcome } from './outcome.ts';

const documents = parseJson(data);

/** What this engine makes of a program; ask it for the package or a rule of it. */
export interface Asked {
  ask(path: readonly string[], strict: boolean): Outcome;
}

/** The modules are checked as the other side gets them: each with those before it. */
export function askOurs(program: Program): Asked {
  const files = program.modules.map(({ name, text }) => ({ source: new SourceFile(name, text) }));
  let checked: CheckedModules | undefined;
  for (let length = 1; length <= files.length; length++) {
    const result = checkPolicy(files.slice(0, length));
    checked = result.checked;
    if (!checked) return rejection(result.diagnostics);
  }
  const plan = JSON.parse(JSON.stringify(planPolicy(checked!))) as Plan;
  const policy = compilePlan(plan);
  const input = program.input === undefined ? undefined : parseJson(program.input);
  return { ask: (path, strict) => evaluated(policy, input, strict, path) };
}

function rejection(diagnostics: readonly Diagnostic[]): Asked {
  const errors = diagnostics
    .filter(each => each.severity === 'error')
    .map(({ code, source, span }) => {
      const { line, column } = source.position(span.start);
      return { code, row: line, column };
    });
  return { ask: () => ({ kind: 'rejected', errors }) };
}

function evaluated(
  policy: CompiledPolicy,
  input: Value | undefined,
  strict: boolean,
  path: readonly string[],
): Outcome {
  const budget = new Budget({ ...limits, steps: 2_000_000 });
  const evaluation = new Evaluation(policy, {
    ...(input !== undefined && { input }),
    data: documents,
    now: 0n,
    budget,
    strict,
  });
  try {
    const value = evaluation.document(path);
    return { kind: 'value', value: value === undefined ? undefined : parseJson(stringify(value)) };
  } catch (error) {
    if (error instanceof Halt) return { kind: 'failed', code: error.code, message: error.message };
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'failed', code: 'crash', message: text.split('\n').slice(0, 4).join(' ') };
  }
}
