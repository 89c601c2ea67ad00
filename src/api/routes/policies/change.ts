import { changePolicy } from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { readJsonBody } from '../../requests/json-body.ts';
import { readPrecondition, revisionTag, underPrecondition } from '../../requests/preconditions.ts';
import type { Route } from '../../route.ts';
import { policyChangeBody } from '../../schemas/policies.ts';
import { shownPolicy } from './answers.ts';
import { findSeenPolicy } from './find-policy.ts';

export const changeRoute: Route = {
  method: 'PATCH',
  path: '/v1/orgs/{org}/policies/{policy}',
  access: { role: 'admin' },
  operation: {
    id: 'changePolicy',
    summary: 'Change who sees a policy, and which channels need approvals',
    description: 'It counts from the next decision on. What is left out stays as it is.',
    body: { 'application/json': { schema: ref('PolicyChange'), example: { visibility: 'public' } } },
    answers: { 200: { description: 'As it is now', content: { 'application/json': ref('Policy') } } },
    problems: ['invalid_json', 'invalid_request', 'precondition_failed'],
  },

  async handle(context, services) {
    const { org, identity: actor } = principalOf(context);
    const { deps } = services;
    const name = context.req.param('policy') ?? '';
    const precondition = readPrecondition(context.req.raw.headers);
    const { visibility, approvals } = await readJsonBody(context.req.raw, policyChangeBody);
    const change = {
      ...{ org, name, actor },
      ...(visibility !== undefined && { visibility }),
      ...(approvals !== undefined && { approvals: [...new Set(approvals)] }),
    };
    await findSeenPolicy(context, services);
    await underPrecondition(changePolicy(databaseOf(deps), change, precondition, deps.now()));
    const head = await findSeenPolicy(context, services);
    return Response.json(shownPolicy(head), { headers: { etag: revisionTag(head.policy.revision) } });
  },
};
