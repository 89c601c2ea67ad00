import { Budget } from '../base/index.ts';
import { compilePlan, Evaluation, type TraceEvent } from '../evaluate/index.ts';
import type { EvidenceResolver } from '../evidence/index.ts';
import { isArray, isObject, type Value } from '../values/index.ts';
import { type RoundEvidence, runRounds } from './evidence-rounds.ts';
import type { LoadedPolicy } from './policy.ts';

export interface DocumentOptions {
  /** Nanoseconds since 1970. */
  readonly asOf: bigint;
  readonly evidence?: EvidenceResolver;
  /** A built-in function that fails ends the evaluation; otherwise its call is undefined, as under OPA. */
  readonly strict?: boolean;
  /** Events to keep; no trace where absent. */
  readonly traceEvents?: number;
}

export interface Document {
  /** Absent where it is undefined. */
  readonly value?: Value;
  readonly trace: readonly TraceEvent[];
}

/**
 * What stands at `data.<path>` under a policy, for an input that is taken as it is. Throws a Halt where the
 * evaluation ends early.
 */
export async function evaluateDocument(
  policy: LoadedPolicy,
  path: readonly string[],
  input: Value | undefined,
  options: DocumentOptions,
): Promise<Document> {
  const { traceEvents } = options;
  const compiled = traceEvents === undefined ? policy.compiled : compilePlan(policy.plan, { trace: true });
  const run = (evidence: RoundEvidence): Document => {
    const evaluation = new Evaluation(compiled, {
      ...(input !== undefined && { input }),
      data: policy.data,
      now: options.asOf,
      budget: new Budget(),
      evidence,
      strict: options.strict ?? false,
      ...(traceEvents !== undefined && { traceEvents }),
    });
    const value = documentAt(evaluation, path);
    return { ...(value !== undefined && { value }), trace: evaluation.trace };
  };
  const { results } = await runRounds([{ run, hosts: policy.hosts ?? [] }], options.evidence);
  return results[0]!;
}

const index = /^\d+$/u;

/** A name of digits may be an index, which no rule is called by: what stands before it is evaluated whole. */
function documentAt(evaluation: Evaluation, path: readonly string[]): Value | undefined {
  const first = path.findIndex(name => index.test(name));
  if (first === -1) return evaluation.document(path);
  return path.slice(first).reduce<Value | undefined>(below, evaluation.document(path.slice(0, first)));
}

function below(value: Value | undefined, name: string): Value | undefined {
  if (value === undefined) return undefined;
  if (isArray(value)) return index.test(name) ? value[Number(name)] : undefined;
  return isObject(value) ? (value.get(name) ?? value.get(Number(name))) : undefined;
}
