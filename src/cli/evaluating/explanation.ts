import { parseModule } from '../../../grammar/index.ts';
import { Halt, printable } from '../../base/index.ts';
import { Conditions, traceText } from '../../bundles/tracing/index.ts';
import type { LoadedPolicy } from '../../decide/index.ts';
import { compilePlan, Evaluation } from '../../evaluate/index.ts';
import type { PolicyFile } from '../../language/index.ts';
import { type Submission, toInput } from '../../manifests/index.ts';
import type { Output } from '../command.ts';
import { TRACE_EVENTS } from './trace-events.ts';

/** A policy with the texts that it was made of. */
export interface ExplainedPolicy {
  readonly policy: LoadedPolicy;
  readonly files: readonly PolicyFile[];
}

/**
 * Says on the standard error how each rule that decides came to what it says. The rules are run once more
 * for it, without evidence: what needs the registry is undefined here.
 */
export function explainRules(
  policies: readonly ExplainedPolicy[],
  submission: Submission,
  asOf: bigint,
  { err, paintErr }: Output,
): void {
  const input = toInput(submission);
  for (const { policy, files } of policies) {
    const evaluation = new Evaluation(compilePlan(policy.plan, { trace: true }), {
      input,
      data: policy.data,
      now: asOf,
      traceEvents: TRACE_EVENTS,
    });
    const halt = runRules(policy, evaluation);
    const more = { conditions: conditionsIn(files), paint: paintErr, dropped: evaluation.traceDropped };
    err(`${traceText(evaluation.trace, more)}\n`);
    if (halt !== undefined) err(`${paintErr('error', `error[${halt.code}]`)}: ${printable(halt.message)}\n`);
  }
}

/** Why the rules did not run to their end. */
function runRules({ plan }: LoadedPolicy, evaluation: Evaluation): Halt | undefined {
  try {
    for (const { path, rules } of plan.decisions)
      for (const { name } of rules) evaluation.document([...path, name]);
    return undefined;
  } catch (error) {
    if (error instanceof Halt) return error;
    throw error;
  }
}

function conditionsIn(files: readonly PolicyFile[]): Conditions {
  const parsed = files.flatMap(({ source, version = 'v1', dialect = 'policy' }) => {
    const { module } = parseModule(source.text, { version, dialect });
    return module === undefined ? [] : [{ source, syntax: module }];
  });
  return new Conditions(parsed);
}
