import { printable } from '../../base/index.ts';
import { isChannelName, type PolicyReference, parseSelector } from '../../bundles/index.ts';
import type { Command, Output } from '../command.ts';
import type { Arguments } from '../options.ts';
import { policyPath, readPolicyName } from '../server/policy-name.ts';
import { type Server, serverOf, serverOptions } from '../server/server.ts';
import { UsageError } from '../usage-error.ts';

export const promoteCommand: Command = {
  name: 'promote',
  summary: 'Points a channel of a policy at a version.',
  usage: '[options] ORG/NAME VERSION CHANNEL',
  options: serverOptions,
  notes: [
    'VERSION is a number, a digest or another channel. Moving a channel back is the rollback. Where the channel needs',
    'approvals, the move waits for one.',
    '',
    'Exit code: 0 moved, 1 refused, 2 it could not be done, 3 it waits for an approval.',
  ].join('\n'),
  run,
};

const WAITING = 3;

interface Move {
  readonly move: { readonly id: string; readonly from?: number; readonly to: number; readonly state: string };
}

async function run(args: Arguments, output: Output): Promise<number> {
  const [name, version, channel, ...others] = args.positionals;
  const policy = readPolicyName(name);
  if (version === undefined || channel === undefined || others.length > 0)
    throw new UsageError('a version and a channel are needed', 'pratique promote ORG/NAME VERSION CHANNEL');
  return promote(serverOf(args), { policy, version, channel }, output);
}

/** Moves a channel, says so, and gives the exit code. */
export async function promote(
  server: Server,
  wanted: { readonly policy: PolicyReference; readonly version: string; readonly channel: string },
  { out }: Output,
): Promise<number> {
  const { policy, version, channel } = wanted;
  const selector = parseSelector(version);
  if (selector === undefined)
    throw new UsageError(`${JSON.stringify(version)} is no version`, 'a number, a digest or a channel');
  if (!isChannelName(channel)) throw new UsageError(`${JSON.stringify(channel)} is no name of a channel`);
  const { move } = await server.read<Move>(`${policyPath(policy)}/channels/${channel}`, {
    method: 'PUT',
    json: { version: selector.kind === 'version' ? Number(version) : version },
  });
  const from = move.from === undefined ? '' : ` from version ${move.from}`;
  const text = `${policy.org}/${policy.name}@${channel}${from} to version ${move.to}`;
  const waits = move.state === 'pending';
  out(`${printable(text)}${waits ? `, which waits for an approval: move ${printable(move.id)}` : ''}\n`);
  return waits ? WAITING : 0;
}
