import { type Database, findPolicy, type PolicyHead, type ResolvedPolicy } from '../../store/index.ts';
import { hintOf } from '../hint.ts';
import { ProblemError } from '../problem.ts';

/** The same for what is not there and for what the caller may not see; `org` is the caller's organisation. */
export function unknownPolicy(reference: string, org?: string): ProblemError {
  const isOwn = org !== undefined && reference.startsWith(`${org}/`);
  return new ProblemError('unknown_policy', `there is no policy ${JSON.stringify(reference)} for you`, {
    hint: isOwn
      ? `GET /v1/orgs/${org}/policies lists those that you may see`
      : 'a policy of another organisation must be public, and yours must have subscribed to it',
  });
}

/** To whoever may see the policy: what could have been asked for instead. */
export async function unknownChannel(
  database: Database,
  { reference, layers }: Pick<ResolvedPolicy, 'reference' | 'layers'>,
): Promise<ProblemError> {
  const head = await findPolicy(database, reference);
  const { org, name } = reference;
  return head === undefined
    ? unknownPolicy(`${org}/${name}`)
    : unknownVersion(head, layers[0]!.selector.value);
}

export function unknownVersion({ policy, channels }: PolicyHead, selected: string): ProblemError {
  const { org, name, latest } = policy;
  const names = channels.map(channel => channel.name);
  const have = names.length > 0 ? `channels ${names.join(', ')}` : 'no channels';
  const hint = hintOf(selected, names).hint ?? `promote a version to ${selected}, or name one: @${latest}`;
  return new ProblemError(
    'unknown_channel',
    `${org}/${name} has no ${selected}: there are ${have} and versions 1 to ${latest}`,
    { hint, available: [...names, String(latest)] },
  );
}
