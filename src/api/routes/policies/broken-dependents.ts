import type { PolicyReference } from '../../../bundles/index.ts';
import { writePolicyReference } from '../../../bundles/index.ts';
import { findDependents, type NewMove, resolveReferences } from '../../../store/index.ts';
import { databaseOf } from '../../deps.ts';
import { type FieldError, ProblemError } from '../../problem.ts';
import type { Services } from '../../services.ts';

/** Dependents that are looked at; what stands beyond fails closed when it decides. */
const mostDependents = 100;

/**
 * Throws `conflict` where a move would leave the policy, or one of the organisation that stands on the channel,
 * with layers that do not go together.
 */
export async function refuseBreaking(services: Services, move: NewMove): Promise<void> {
  const { org, policy, channel, number } = move;
  const database = databaseOf(services.deps);
  const own = { org, name: policy, selector: { kind: 'channel', value: channel } } as const;
  const dependents = await findDependents(database, move, mostDependents);
  const references = [own, ...dependents];
  const broken = await brokenOf(services, references, { org, policy, channel, number });
  if (broken.length === 0) return;
  const names = broken.map(({ pointer }) => pointer).join(', ');
  throw new ProblemError(
    'conflict',
    `with version ${number} on ${channel} these could not decide: ${names}`,
    {
      errors: broken,
      hint: 'publish and promote versions of them that go together with it first',
    },
  );
}

type NewPointer = Pick<NewMove, 'org' | 'policy' | 'channel' | 'number'>;

async function brokenOf(
  services: Services,
  references: readonly PolicyReference[],
  pin: NewPointer,
): Promise<readonly FieldError[]> {
  const resolved = [];
  for (let at = 0; at < references.length; at += 20)
    resolved.push(
      ...(await resolveReferences(databaseOf(services.deps), pin.org, references.slice(at, at + 20), [pin])),
    );
  const broken: FieldError[] = [];
  for (const each of resolved) {
    try {
      await services.organisationPolicies.load(each, pin.org);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      broken.push({ pointer: writePolicyReference(each.reference), message: error.message });
    }
  }
  return broken;
}
