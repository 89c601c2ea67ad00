import { isChannelName } from '../../../bundles/index.ts';
import {
  answerMove,
  type ChannelKey,
  findMove,
  findVersion,
  listMoves,
  moveChannel,
  type PolicyHead,
  type StoredMove,
} from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { forbidden, notFound } from '../../access/refusals.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { ProblemError } from '../../problem.ts';
import { readJsonBody } from '../../requests/json-body.ts';
import { findPage, pageParameters, readPage } from '../../requests/page.ts';
import {
  answerTagged,
  readPrecondition,
  revisionTag,
  underPrecondition,
} from '../../requests/preconditions.ts';
import type { RequestContext, Route } from '../../route.ts';
import { channelBody, moveDecisionBody } from '../../schemas/policies.ts';
import type { Services } from '../../services.ts';
import { shownChannel, shownMove, shownResult } from './answers.ts';
import { refuseBreaking } from './broken-dependents.ts';
import { findSeenPolicy, findVersionOf } from './find-policy.ts';

const path = '/v1/orgs/{org}/policies/{policy}/channels/{channel}';

const moveRoute: Route = {
  method: 'PUT',
  path,
  access: { role: 'publish' },
  operation: {
    id: 'moveChannel',
    summary: 'Point a channel at a version',
    description:
      'At once, and with it every decision by the channel; moving back is the rollback. Where the channel needs ' +
      'approvals the move waits for one, and the answer is 202. A move that would leave a policy of the ' +
      'organisation with layers that do not go together is refused. `If-Match` with the ETag of the channel ' +
      'guards against lost updates, `If-None-Match: *` makes a new channel only.',
    body: { 'application/json': { schema: ref('ChannelMove'), example: { version: 7 } } },
    answers: {
      200: { description: 'It points there', content: { 'application/json': ref('Move') } },
      202: { description: 'It waits for an approval', content: { 'application/json': ref('Move') } },
    },
    problems: ['invalid_json', 'invalid_request', 'unknown_channel', 'conflict', 'precondition_failed'],
  },

  async handle(context, services) {
    const principal = principalOf(context);
    const { org, identity: actor } = principal;
    const channel = channelOf(context);
    const precondition = readPrecondition(context.req.raw.headers);
    const { version: selected, note } = await readJsonBody(context.req.raw, channelBody);
    const head = await findSeenPolicy(context, services);
    const { number } = await findVersionOf(services, head, String(selected));
    const key = { org, policy: head.policy.name, channel };
    const move = { ...key, number, actor, ...(note !== undefined && { note }) };
    await refuseBreaking(services, principal, move);
    const { deps } = services;
    const moved = await underPrecondition(moveChannel(databaseOf(deps), move, precondition, deps.now()));
    return Response.json(shownResult(moved), {
      status: moved.move.state === 'pending' ? 202 : 200,
      headers: { ...(moved.channel && { etag: revisionTag(moved.channel.revision) }) },
    });
  },
};

const readRoute: Route = {
  method: 'GET',
  path,
  access: { role: 'evaluate' },
  operation: {
    id: 'getChannel',
    summary: 'A channel',
    description: 'What it points at, its history, and the moves that wait for an approval.',
    parameters: pageParameters,
    answers: {
      200: { description: 'As it is', content: { 'application/json': ref('Channel') } },
      304: { description: 'As `If-None-Match` says', content: {} },
    },
    problems: ['invalid_query'],
  },

  async handle(context, services) {
    const page = readPage(new URL(context.req.url).searchParams);
    const name = channelOf(context);
    const head = await findSeenPolicy(context, services);
    const key = { org: head.policy.org, policy: head.policy.name, channel: name };
    const { items, ...next } = await findPage(
      page,
      ({ limit, after }) =>
        listMoves(databaseOf(services.deps), key, { limit, ...(after !== undefined && { before: after }) }),
      ({ id }) => id,
    );
    const channel = head.channels.find(each => each.name === name);
    if (channel === undefined && items.length === 0) throw notFound();
    const body = {
      policy: `${key.org}/${key.policy}`,
      ...(channel && { channel: shownChannel(channel) }),
      needs_approval: head.policy.approvals.includes(name),
      moves: items.map(shownMove),
      ...next,
    };
    return channel === undefined
      ? Response.json(body)
      : answerTagged(context.req.raw, revisionTag(channel.revision), body);
  },
};

const answerRoute: Route = {
  method: 'POST',
  path: `${path}/moves/{move}`,
  access: { role: 'approve' },
  operation: {
    id: 'answerMove',
    summary: 'Approve or reject a move that waits',
    description:
      'Approving needs another identity than the one that published the version, and than the one that asked for ' +
      'the move, whatever its roles. Of a channel that has moved since, the move is over.',
    body: { 'application/json': { schema: ref('MoveDecision'), example: { decision: 'approve' } } },
    answers: { 200: { description: 'It is done', content: { 'application/json': ref('Move') } } },
    problems: ['invalid_json', 'invalid_request', 'conflict'],
  },

  async handle(context, services) {
    const principal = principalOf(context);
    const { identity: actor } = principal;
    const { decision } = await readJsonBody(context.req.raw, moveDecisionBody);
    const head = await findSeenPolicy(context, services);
    const key = { org: head.policy.org, policy: head.policy.name, channel: channelOf(context) };
    const { deps } = services;
    const database = databaseOf(deps);
    const id = context.req.param('move') ?? '';
    const waiting = await findMove(database, key, id);
    if (waiting === undefined) throw notFound();
    const approve = decision === 'approve';
    if (approve) await refuseOwn(services, head, waiting, actor);
    if (approve) await refuseBreaking(services, principal, { ...key, number: waiting.toNumber, actor });
    const answered = await answerMove(database, { ...key, id, approve, actor }, waiting, deps.now());
    if (answered === undefined) throw isOver(waiting, key);
    return Response.json(shownResult(answered));
  },
};

export const channelRoutes: readonly Route[] = [moveRoute, readRoute, answerRoute];

function channelOf(context: RequestContext): string {
  const channel = context.req.param('channel') ?? '';
  if (isChannelName(channel)) return channel;
  throw new ProblemError('invalid_request', `${JSON.stringify(channel)} is no name of a channel`, {
    hint: 'a name has 1 to 64 characters of a to z, 0 to 9 and -, not digits alone: they are a version',
  });
}

/** Nobody lets in what is its own. */
async function refuseOwn(
  { deps }: Services,
  { policy: { org, name } }: PolicyHead,
  { toNumber, requestedBy }: StoredMove,
  actor: string,
): Promise<void> {
  const selector = { kind: 'version', value: String(toNumber) } as const;
  const found = await findVersion(databaseOf(deps), { org, name, selector });
  if (found?.version.publishedBy !== actor && requestedBy !== actor) return;
  throw forbidden(
    'the one who published the version or asked for the move cannot approve it',
    'another identity with the role approve has to',
  );
}

function isOver({ state, toNumber }: StoredMove, { channel }: ChannelKey): ProblemError {
  const why = state === 'pending' ? `${channel} has moved since it was asked for` : `it is ${state} already`;
  return new ProblemError('conflict', `the move to version ${toNumber} is over: ${why}`, {
    hint: `ask for it again: PUT …/channels/${channel}`,
  });
}
