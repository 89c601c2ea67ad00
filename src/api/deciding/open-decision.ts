import { type Lock, lockProblems } from '../../bundles/index.ts';
import type { LoadedPolicy } from '../../decide/index.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';
import { admitCaller, type DecisionQuestion } from './admit-caller.ts';
import type { Caller } from './caller.ts';

/** All that it takes to decide. */
export interface OpenDecision {
  readonly policies: readonly LoadedPolicy[];
  /** Absent where nobody is known to ask. */
  readonly caller?: Caller;
}

/**
 * Lets a caller in and loads the policies that it names. Reads the store once, twice more where a policy is not in
 * memory, and not at all for an anonymous caller. Throws a ProblemError.
 */
export async function openDecision(services: Services, question: DecisionQuestion): Promise<OpenDecision> {
  const { choices, lock } = question;
  const { caller, resolved } = await admitCaller(services, question);
  const others = choices.filter((_, index) => resolved[index] === undefined);
  const loaded = choices.length > 0 && others.length === 0 ? [] : services.policies.load(others);
  const policies = await Promise.all(
    resolved.map((each, index) =>
      each === undefined
        ? loaded[others.indexOf(choices[index]!)]!
        : services.organisationPolicies.load(each, caller!.principal.org),
    ),
  );
  if (lock !== undefined) refuseUnlocked(lock, policies);
  return { policies, ...(caller && { caller }) };
}

/** A policy of the library need not be in a lock; one that came with the request cannot. */
function refuseUnlocked(lock: Lock, policies: readonly LoadedPolicy[]): void {
  const named = policies.filter(
    ({ identity: { name, layers } }) => layers !== undefined || Object.hasOwn(lock.policies, name),
  );
  const problems = named.flatMap(({ identity }) => lockProblems(lock, identity));
  if (problems.length === 0) return;
  throw new ProblemError('lock_mismatch', problems.join('; '), {
    hint: 'make the lock anew, or ask for what it pins',
  });
}
