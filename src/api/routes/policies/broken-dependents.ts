import type { PolicyReference } from '../../../bundles/index.ts';
import { writePolicyReference } from '../../../bundles/index.ts';
import {
  findDependents,
  type NewMove,
  type ResolvedPolicy,
  resolveReferences,
} from '../../../store/index.ts';
import type { Principal } from '../../access/principal.ts';
import { maySee } from '../../deciding/sight.ts';
import { databaseOf } from '../../deps.ts';
import { type FieldError, ProblemError } from '../../problem.ts';
import type { Services } from '../../services.ts';

/** Dependents that are looked at; what stands beyond fails closed when it decides. */
const mostDependents = 100;

/**
 * Throws `conflict` where a move would leave the policy, or one of the organisation that stands on the channel,
 * with layers that do not go together. It names those that the principal may see.
 */
export async function refuseBreaking(services: Services, principal: Principal, move: NewMove): Promise<void> {
  const { org, policy, channel, number } = move;
  const database = databaseOf(services.deps);
  const own = { org, name: policy, selector: { kind: 'channel', value: channel } } as const;
  const dependents = await findDependents(database, move, mostDependents);
  const references = [own, ...dependents];
  const broken = await brokenOf(services, references, { org, policy, channel, number });
  if (broken.length === 0) return;
  const shown = broken.filter(({ resolved }) => isSeen(principal, resolved)).map(toFieldError);
  const hidden = broken.length - shown.length;
  const names = shown.map(({ pointer }) => pointer);
  if (hidden > 0) names.push(`${hidden} that you may not see`);
  throw new ProblemError(
    'conflict',
    `with version ${number} on ${channel} these could not decide: ${names.join(', ')}`,
    {
      errors: shown,
      hint: 'publish and promote versions of them that go together with it first',
    },
  );
}

/** A policy that could not decide any more, and why. */
interface Broken {
  readonly resolved: ResolvedPolicy;
  readonly error: ProblemError;
}

type NewPointer = Pick<NewMove, 'org' | 'policy' | 'channel' | 'number'>;

async function brokenOf(
  services: Services,
  references: readonly PolicyReference[],
  pin: NewPointer,
): Promise<readonly Broken[]> {
  const resolved = [];
  for (let at = 0; at < references.length; at += 20)
    resolved.push(
      ...(await resolveReferences(databaseOf(services.deps), pin.org, references.slice(at, at + 20), [pin])),
    );
  const broken: Broken[] = [];
  for (const each of resolved) {
    try {
      await services.organisationPolicies.load(each, pin.org);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      broken.push({ resolved: each, error });
    }
  }
  return broken;
}

function isSeen(principal: Principal, { reference: { org, name }, layers }: ResolvedPolicy): boolean {
  const visibility = layers[0]?.visibility;
  return visibility !== undefined && maySee(principal, { org, policy: name, visibility });
}

function toFieldError({ resolved, error }: Broken): FieldError {
  return { pointer: writePolicyReference(resolved.reference), message: error.message };
}
