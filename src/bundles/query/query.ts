import { type Body, parseQuery } from '../../../grammar/index.ts';
import { Budget, type BudgetLimits, type Diagnostic, SourceFile } from '../../base/index.ts';
import { compilePlan, Evaluation, type EvaluationError, type TraceEvent } from '../../evaluate/index.ts';
import {
  type CheckedModules,
  type CheckOptions,
  checkPolicy,
  checkQuery,
  type Plan,
  planPolicy,
  syntaxDiagnostic,
} from '../../language/index.ts';
import type { ObjectValue, Value } from '../../values/index.ts';
import { hiddenRules } from '../hidden-rules.ts';
import type { ProgramSource } from '../program.ts';
import { Conditions } from '../tracing/conditions.ts';
import { captured, capturedName, isCaptured } from './capture.ts';

/** One way in which a query holds. */
export interface QueryAnswer {
  readonly expressions: readonly AnsweredExpression[];
  readonly bindings: ReadonlyMap<string, Value>;
}

export interface AnsweredExpression {
  readonly value: Value;
  /** As it is written. */
  readonly text: string;
  /** 1-based, in the query. */
  readonly line: number;
  readonly column: number;
}

export interface QueryOptions {
  readonly input?: Value;
  /** Nanoseconds since 1970. */
  readonly now: bigint;
  /** A built-in function that fails ends the evaluation. */
  readonly strict?: boolean;
  readonly print?: (line: string) => void;
  readonly budget?: BudgetLimits;
  /** Events to keep; no trace where absent. */
  readonly traceEvents?: number;
}

export interface QueryResult {
  readonly answers: readonly QueryAnswer[];
  /** Built-in functions that failed on the way. */
  readonly errors: readonly EvaluationError[];
}

interface QueryParts {
  readonly source: SourceFile;
  readonly body: Body;
  readonly checked: CheckedModules;
  readonly plan: Plan;
  readonly data: ObjectValue;
}

/** A query with the program that it asks, ready to be run. */
export class Query {
  /** Of the last run, where a trace was asked for. */
  trace: readonly TraceEvent[] = [];
  traceDropped = 0;
  private readonly parts: QueryParts;

  constructor(parts: QueryParts) {
    this.parts = parts;
  }

  /** Every answer, in order. Throws a Halt where the evaluation ends early; the trace until then is kept. */
  run({ traceEvents, budget, ...options }: QueryOptions): QueryResult {
    const { plan, data } = this.parts;
    const evaluation = new Evaluation(compilePlan(plan, { trace: traceEvents !== undefined }), {
      ...options,
      data,
      budget: new Budget(budget),
      ...(traceEvents !== undefined && { traceEvents }),
    });
    try {
      const answers = evaluation.query(0).map(bindings => this.answer(bindings));
      return { answers, errors: evaluation.errors };
    } finally {
      this.trace = evaluation.trace;
      this.traceDropped = evaluation.traceDropped;
    }
  }

  /** For the text of the trace. */
  conditions(): Conditions {
    const { checked, source, body } = this.parts;
    const modules = checked.modules.map(each => ({ source: each.source, syntax: each.module }));
    return new Conditions([...modules, { source, syntax: body }]);
  }

  private answer(bindings: ReadonlyMap<string, Value>): QueryAnswer {
    const { body, source } = this.parts;
    const expressions = body.literals.flatMap((literal, index) => {
      if (literal.kind === 'some') return [];
      const { start, end } = literal.span;
      const name = capturedName(index);
      const value = bindings.has(name) ? bindings.get(name)! : true;
      return [{ value, text: source.text.slice(start, end), ...source.position(start) }];
    });
    return { expressions, bindings: new Map([...bindings].filter(([name]) => !isCaptured(name))) };
  }
}

/** A query of a program; none where the diagnostics of one of them hold an error. */
export function loadQuery(
  text: string,
  { files, data, problems }: ProgramSource,
  options: CheckOptions = {},
): { readonly query?: Query; readonly diagnostics: readonly Diagnostic[] } {
  const source = new SourceFile('query', text);
  const parsed = parseQuery(text);
  const { checked, diagnostics } = checkPolicy(files, options);
  const said = [...problems, ...diagnostics, ...parsed.problems.map(each => syntaxDiagnostic(source, each))];
  if (checked === undefined || parsed.body === undefined || problems.length > 0) return { diagnostics: said };
  const { body } = parsed;
  const query = [captured(body, { calls: true }), captured(body, { calls: false }), body]
    .map(each => checkQuery(checked, source, each))
    .reduce((found, next) => (found.query === undefined ? next : found));
  if (query.query === undefined) return { diagnostics: [...said, ...query.diagnostics] };
  const plan = planPolicy(checked, [query.query]);
  const conflicts = hiddenRules(checked, plan, data);
  if (conflicts.length > 0) return { diagnostics: [...said, ...conflicts] };
  return { query: new Query({ source, body, checked, plan, data }), diagnostics: said };
}
