import { parsePolicyReference } from '../../../bundles/index.ts';
import {
  type ExemptionQuery,
  type ExemptionState,
  findExemption,
  listExemptions,
  revokeExemption,
  type StoredExemption,
} from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { may, type Principal } from '../../access/principal.ts';
import { notFound } from '../../access/refusals.ts';
import { seenPolicies } from '../../deciding/sight.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { readDays } from '../../requests/duration.ts';
import { answerPage, invalidParameter, pageParameters, readPage } from '../../requests/page.ts';
import type { RequestContext, Route } from '../../route.ts';
import type { Services } from '../../services.ts';
import { toAnswer } from './answer.ts';
import { createExemptionRoute } from './create.ts';

const states: readonly ExemptionState[] = ['active', 'planned', 'expired', 'revoked'];
const filters = ['policy', 'state', 'expiring', 'unused'];

const listRoute: Route = {
  method: 'GET',
  path: '/v1/orgs/{org}/exemptions',
  access: { role: 'evaluate', forSomePolicies: true },
  operation: {
    id: 'listExemptions',
    summary: 'List exemptions',
    description: 'The newest first, those that have ended too.',
    parameters: [
      { name: 'policy', description: 'For this policy: `acme/production`', schema: { type: 'string' } },
      { name: 'state', description: 'In this state', schema: { type: 'string', enum: states } },
      {
        name: 'expiring',
        description: 'Active, and ends within so many days: `30d`',
        schema: { type: 'string' },
      },
      {
        name: 'unused',
        description: 'Active, and for so many days no decision needed it: `30d`; `true`: it never did',
        schema: { type: 'string' },
      },
      ...pageParameters,
    ],
    answers: { 200: { description: 'A page', content: { 'application/json': ref('ExemptionList') } } },
    problems: ['invalid_query'],
  },

  handle(context, { deps }) {
    const parameters = new URL(context.req.url).searchParams;
    const page = readPage(parameters, filters);
    const now = deps.now();
    const query = queryOf(parameters, principalOf(context), now);
    return answerPage(
      page,
      more => listExemptions(databaseOf(deps), { ...query, ...more }, now),
      ({ id }) => id,
      exemption => toAnswer(exemption, now),
    );
  },
};

const readRoute: Route = {
  method: 'GET',
  path: '/v1/orgs/{org}/exemptions/{exemption}',
  access: { role: 'evaluate', forSomePolicies: true },
  operation: {
    id: 'getExemption',
    summary: 'One exemption',
    description: 'As it is, also once it has ended.',
    answers: { 200: { description: 'As it is', content: { 'application/json': ref('Exemption') } } },
    problems: [],
  },

  async handle(context, services) {
    return Response.json(toAnswer(await findOwn(context, services), services.deps.now()));
  },
};

const revokeRoute: Route = {
  method: 'DELETE',
  path: '/v1/orgs/{org}/exemptions/{exemption}',
  access: { role: 'approve', forSomePolicies: true },
  operation: {
    id: 'revokeExemption',
    summary: 'End an exemption',
    description: 'At once. It stays on record, as revoked.',
    answers: { 204: { description: 'It has ended', content: {} } },
    problems: [],
  },

  async handle(context, services) {
    const { deps } = services;
    const exemption = await findOwn(context, services);
    const principal = principalOf(context);
    if (!mayRevoke(exemption, principal)) throw notFound();
    const actor = principal.identity;
    await revokeExemption(databaseOf(deps), exemption, { actor, now: deps.now() });
    return new Response(null, { status: 204 });
  },
};

export const exemptionRoutes: readonly Route[] = [createExemptionRoute, listRoute, readRoute, revokeRoute];

/** The exemption of the path, if the caller may see it. */
async function findOwn(context: RequestContext, { deps }: Services): Promise<StoredExemption> {
  const principal = principalOf(context);
  const found = await findExemption(databaseOf(deps), {
    org: principal.org,
    seen: seenPolicies(principal),
    id: context.req.param('exemption') ?? '',
  });
  if (found === undefined) throw notFound();
  return found;
}

function mayRevoke({ policy }: StoredExemption, principal: Principal): boolean {
  const { org } = principal;
  const reference = parsePolicyReference(policy);
  const isOwn = reference?.org === org;
  return may(principal, 'approve', isOwn ? { org, policy: reference.name } : { org });
}

function queryOf(
  parameters: URLSearchParams,
  principal: Principal,
  now: number,
): Omit<ExemptionQuery, 'limit'> {
  const state = readState(parameters.get('state'));
  const expiring = readSpan('expiring', parameters.get('expiring'));
  const unused = parameters.get('unused');
  const isNever = unused === '' || unused === 'true';
  const unusedFor = isNever ? undefined : readSpan('unused', unused);
  const policy = parameters.get('policy');
  return {
    org: principal.org,
    seen: seenPolicies(principal),
    ...(policy !== null && { policy }),
    ...(state !== undefined && { state }),
    ...(expiring !== undefined && { expiringBefore: now + expiring }),
    ...(isNever && { unusedSince: 'ever' as const }),
    ...(unusedFor !== undefined && { unusedSince: now - unusedFor }),
  };
}

function readState(text: string | null): ExemptionState | undefined {
  if (text === null) return undefined;
  const state = states.find(each => each === text);
  if (state !== undefined) return state;
  throw invalidParameter('state', `there is no state "${text}"`, states);
}

function readSpan(name: string, text: string | null): number | undefined {
  if (text === null) return undefined;
  const span = readDays(text);
  if (span !== undefined) return span;
  throw invalidParameter(name, 'expected a number of days: 30d', filters);
}
