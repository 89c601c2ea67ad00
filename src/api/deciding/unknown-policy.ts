import { type PolicyReference, writePolicyReference } from '../../bundles/index.ts';
import { type Database, findPolicy, type ResolvedPolicy } from '../../store/index.ts';
import { hintOf } from '../hint.ts';
import { ProblemError } from '../problem.ts';

/** The same for what is not there and for what the caller may not see. */
export function unknownPolicy(reference: string): ProblemError {
  return new ProblemError('unknown_policy', `there is no policy ${JSON.stringify(reference)} for you`, {
    hint: 'a policy of another organisation must be public, and yours must have subscribed to it',
  });
}

/** To whoever may see the policy: what could have been asked for instead. */
export async function unknownChannel(
  database: Database,
  { reference, layers }: Pick<ResolvedPolicy, 'reference' | 'layers'>,
): Promise<ProblemError> {
  const head = await findPolicy(database, reference);
  const selected = layers[0]?.selector.value ?? '';
  const channels = (head?.channels ?? []).map(({ name }) => name);
  const latest = head?.policy.latest ?? 0;
  const have = channels.length > 0 ? `channels ${channels.join(', ')}` : 'no channels';
  const asked: PolicyReference = { org: reference.org, name: reference.name };
  return new ProblemError(
    'unknown_channel',
    `${writePolicyReference(asked)} has no ${selected}: there are ${have} and versions 1 to ${latest}`,
    {
      hint:
        hintOf(selected, channels).hint ?? `promote a version to ${selected}, or name a version: @${latest}`,
      available: [...channels, String(latest)],
    },
  );
}
