import { readMoment, SourceFile } from '../../src/base/index.ts';
import {
  type DecideOptions,
  decide,
  type LoadedPolicy,
  loadPolicy,
  type PolicyInput,
  type Verdict,
} from '../../src/decide/index.ts';
import { readSubmission, type SubmissionParts } from '../../src/manifests/index.ts';

/** A policy of one file, `p.policy`; throws where it does not load. */
export function policyOf(text: string, more: Partial<PolicyInput> = {}): LoadedPolicy {
  const files = [{ source: new SourceFile('p.policy', text) }];
  const { policy, diagnostics } = loadPolicy({ name: 'acme/test', files, ...more });
  if (policy === undefined) throw new Error(diagnostics.map(each => each.message).join('; '));
  return policy;
}

/** The verdict of policies, or of the text of one, as of 2026-11-20. */
export function verdictOn(
  policy: string | readonly LoadedPolicy[],
  parts: SubmissionParts,
  more: Partial<DecideOptions> = {},
): Promise<Verdict> {
  const policies = typeof policy === 'string' ? [policyOf(policy)] : policy;
  let now = 0;
  return decide(policies, readSubmission(parts), {
    asOf: readMoment('2026-11-20')!,
    decisionId: 'test',
    clock: () => now++,
    ...more,
  });
}

/** The messages of violations, by rule. */
export function messages(verdict: Verdict): string[] {
  return verdict.violations.map(({ rule, message }) => `${rule}: ${message}`);
}
