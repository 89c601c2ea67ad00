import {
  createToken,
  listTokens,
  mostTokens,
  revokeToken,
  type StoredToken,
  violates,
} from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { readExpiry } from '../../access/expiry.ts';
import { notFound } from '../../access/refusals.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { ProblemError } from '../../problem.ts';
import { readJsonBody } from '../../requests/json-body.ts';
import { answerPage, pageParameters, readPage } from '../../requests/page.ts';
import type { Route } from '../../route.ts';
import { newTokenBody } from '../../schemas/organisations.ts';
import { toTime } from '../../time.ts';

const path = '/v1/orgs/{org}/tokens';
const access = { role: 'admin' } as const;

const createRoute: Route = {
  method: 'POST',
  path,
  access,
  operation: {
    id: 'createToken',
    summary: 'Make a token',
    description: 'The token is shown in this answer and never again.',
    body: {
      'application/json': {
        schema: ref('NewToken'),
        example: { label: 'pipelines', roles: ['evaluate'], expires_at: '2027-06-01T00:00:00Z' },
      },
    },
    answers: { 201: { description: 'It was made', content: { 'application/json': ref('IssuedToken') } } },
    problems: ['invalid_json', 'invalid_request', 'conflict'],
  },

  async handle(context, { deps }) {
    const { org, identity } = principalOf(context);
    const { label, roles, policies, expires_at: expiry } = await readJsonBody(context.req.raw, newTokenBody);
    const now = deps.now();
    const token = { org, label, roles, expiresAt: readExpiry(expiry, now), createdBy: identity };
    const { id, text, expiresAt } = await createToken(
      databaseOf(deps),
      { ...token, ...(policies !== undefined && { policies }) },
      now,
    ).catch((error: unknown) => {
      if (!violates(error, 'tokens.label')) throw error;
      throw new ProblemError('conflict', `the organisation has ${mostTokens} tokens that count`, {
        hint: 'revoke those that are not used',
      });
    });
    return Response.json({ id, token: text, expires_at: toTime(expiresAt) }, { status: 201 });
  },
};

const listRoute: Route = {
  method: 'GET',
  path,
  access,
  operation: {
    id: 'listTokens',
    summary: 'List tokens',
    description: 'Without their secrets, which are not kept; those that have ended too. In the order of ids.',
    parameters: pageParameters,
    answers: { 200: { description: 'A page', content: { 'application/json': ref('TokenList') } } },
    problems: ['invalid_query'],
  },

  handle(context, { deps }) {
    const { org } = principalOf(context);
    const page = readPage(new URL(context.req.url).searchParams);
    return answerPage(
      page,
      more => listTokens(databaseOf(deps), org, more),
      ({ id }) => id,
      shown,
    );
  },
};

const revokeRoute: Route = {
  method: 'DELETE',
  path: `${path}/{id}`,
  access,
  operation: {
    id: 'revokeToken',
    summary: 'Revoke a token',
    description: 'It is refused from the next request on.',
    answers: { 204: { description: 'It is revoked', content: {} } },
    problems: [],
  },

  async handle(context, { deps }) {
    const { org, identity } = principalOf(context);
    const id = context.req.param('id') ?? '';
    if (!(await revokeToken(databaseOf(deps), { org, id, actor: identity }, deps.now()))) throw notFound();
    return new Response(null, { status: 204 });
  },
};

export const tokenRoutes: readonly Route[] = [createRoute, listRoute, revokeRoute];

function shown({ id, label, roles, policies, ...token }: StoredToken) {
  return {
    ...{ id, label, roles },
    ...(policies !== null && { policies }),
    created_at: toTime(token.createdAt),
    created_by: token.createdBy,
    expires_at: toTime(token.expiresAt),
    ...(token.lastUsedAt !== null && { last_used_at: toTime(token.lastUsedAt) }),
    ...(token.revokedAt !== null && { revoked_at: toTime(token.revokedAt) }),
  };
}
