import type { LoadedPolicy, PolicyPlace, Verdict } from '../decide/index.ts';

/** What `explain` adds to a verdict in JSON: the rules there were, those that were content too. */
export interface Explanation {
  readonly rules: readonly ExplainedRule[];
  /** What `print` said, in order. */
  readonly printed: readonly string[];
}

export interface ExplainedRule {
  /** Package and rule, as in a violation. */
  readonly rule: string;
  readonly title?: string;
  readonly source: PolicyPlace;
  /** How many violations it found; none where it was content. */
  readonly violations: number;
}

export type ExplainedVerdict = Verdict & { readonly explanation?: Explanation };

export function explain(
  policies: readonly LoadedPolicy[],
  verdict: Verdict,
  printed: readonly string[],
): ExplainedVerdict {
  const found = Map.groupBy(verdict.violations, violation => violation.rule);
  const rules = policies.flatMap(({ plan }) =>
    plan.decisions.flatMap(decisions =>
      decisions.rules.map(({ name, title, source }) => {
        const rule = [...decisions.path, name].join('.');
        const violations = found.get(rule)?.length ?? 0;
        return { rule, ...(title !== undefined && { title }), source, violations };
      }),
    ),
  );
  return { ...verdict, explanation: { rules, printed } };
}
