import { parseSelector } from '../../../bundles/index.ts';
import {
  findPolicy,
  listSubscriptions,
  type StoredSubscription,
  subscribe,
  unsubscribe,
} from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { notFound } from '../../access/refusals.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { ProblemError } from '../../problem.ts';
import { readJsonBody } from '../../requests/json-body.ts';
import type { RequestContext, Route } from '../../route.ts';
import { subscriptionBody } from '../../schemas/policies.ts';
import { toTime } from '../../time.ts';

const path = '/v1/orgs/{org}/subscriptions';

const listRoute: Route = {
  method: 'GET',
  path,
  access: { role: 'evaluate' },
  operation: {
    id: 'listSubscriptions',
    summary: 'List subscriptions',
    description: 'The public policies of other organisations that this one follows.',
    answers: { 200: { description: 'All', content: { 'application/json': ref('SubscriptionList') } } },
    problems: [],
  },

  async handle(context, { deps }) {
    const items = await listSubscriptions(databaseOf(deps), principalOf(context).org);
    return Response.json({ items: items.map(shown) });
  },
};

const putRoute: Route = {
  method: 'PUT',
  path: `${path}/{owner}/{name}`,
  access: { role: 'publish' },
  operation: {
    id: 'subscribe',
    summary: 'Follow a public policy',
    description:
      'The policy can be decided by and extended from then on, as long as it is public. The selector says what ' +
      'it stands for where none is given: a channel, or pinned, a version or a digest.',
    body: { 'application/json': { schema: ref('NewSubscription'), example: { selector: 'stable' } } },
    answers: { 200: { description: 'It is followed', content: { 'application/json': ref('Subscription') } } },
    problems: ['invalid_json', 'invalid_request'],
  },

  async handle(context, { deps }) {
    const { org, identity: actor } = principalOf(context);
    const { selector: text } = await readJsonBody(context.req.raw, subscriptionBody);
    const selector = parseSelector(text);
    if (selector === undefined) throw noSelector(text);
    const to = { ...policyOf(context), selector };
    const database = databaseOf(deps);
    const head = await findPolicy(database, to);
    if (head?.policy.visibility !== 'public' || to.org === org) throw notFound();
    return Response.json(shown(await subscribe(database, { org, to, actor }, deps.now())));
  },
};

const deleteRoute: Route = {
  method: 'DELETE',
  path: `${path}/{owner}/{name}`,
  access: { role: 'publish' },
  operation: {
    id: 'unsubscribe',
    summary: 'Follow a policy no more',
    description: 'Decisions by it, and by policies that extend it, fail from then on.',
    answers: { 204: { description: 'It is followed no more', content: {} } },
    problems: [],
  },

  async handle(context, { deps }) {
    const { org, identity: actor } = principalOf(context);
    const was = await unsubscribe(databaseOf(deps), { org, to: policyOf(context), actor }, deps.now());
    if (!was) throw notFound();
    return new Response(null, { status: 204 });
  },
};

export const subscriptionRoutes: readonly Route[] = [listRoute, putRoute, deleteRoute];

function policyOf(context: RequestContext) {
  return { org: context.req.param('owner') ?? '', name: context.req.param('name') ?? '' };
}

function noSelector(text: string): ProblemError {
  const message = `${JSON.stringify(text)} is no channel, version or digest`;
  return new ProblemError('invalid_request', `/selector: ${message}`, {
    errors: [{ pointer: '/selector', message }],
  });
}

function shown({ baseOrg, basePolicy, selected, createdAt, createdBy }: StoredSubscription) {
  return {
    policy: `${baseOrg}/${basePolicy}`,
    selector: selected,
    created_at: toTime(createdAt),
    created_by: createdBy,
  };
}
