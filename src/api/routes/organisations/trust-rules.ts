import {
  createTrustRule,
  listTrustRules,
  mostTrustRules,
  revokeTrustRule,
  type StoredTrustRule,
  violates,
} from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { notFound } from '../../access/refusals.ts';
import { issuerOf, tooOpen } from '../../access/trust-rule.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { ProblemError } from '../../problem.ts';
import { readJsonBody } from '../../requests/json-body.ts';
import { answerPage, pageParameters, readPage } from '../../requests/page.ts';
import type { Route } from '../../route.ts';
import { newTrustRuleBody } from '../../schemas/organisations.ts';
import { toTime } from '../../time.ts';

const path = '/v1/orgs/{org}/trust-rules';
const access = { role: 'admin' } as const;

const createRoute: Route = {
  method: 'POST',
  path,
  access,
  operation: {
    id: 'createTrustRule',
    summary: 'Let in identities of CI',
    description:
      'A job whose identity token has this issuer and audience, and claims that fit every condition, has ' +
      'the roles. One condition must say whose job it is.',
    body: {
      'application/json': {
        schema: ref('NewTrustRule'),
        example: {
          label: 'builds of main',
          issuer: 'github',
          audience: 'pratique.acme.io',
          claims: { repository: 'acme/*', ref: 'refs/heads/main' },
          roles: ['publish'],
        },
      },
    },
    answers: { 201: { description: 'It was made', content: { 'application/json': ref('TrustRule') } } },
    problems: ['invalid_json', 'invalid_request', 'conflict'],
  },

  async handle(context, { deps }) {
    const { org, identity } = principalOf(context);
    const { issuer: text, policies, ...body } = await readJsonBody(context.req.raw, newTrustRuleBody);
    const issuer = issuerOf(text);
    if (issuer === undefined) throw invalid('/issuer', 'expected github, gitlab or a URL of https');
    const open = tooOpen(issuer, body.claims);
    if (open !== undefined) throw invalid('/claims', open);
    const now = deps.now();
    const rule = { ...body, org, issuer, createdBy: identity, ...(policies !== undefined && { policies }) };
    const id = await createTrustRule(databaseOf(deps), rule, now).catch((error: unknown) => {
      if (!violates(error, 'trust_rules.label')) throw error;
      throw new ProblemError('conflict', `the organisation has ${mostTrustRules} trust rules that count`, {
        hint: 'revoke those that are not used',
      });
    });
    const made = { ...rule, id, policies: policies ?? null, createdAt: now, revokedAt: null };
    return Response.json(shown(made), { status: 201 });
  },
};

const listRoute: Route = {
  method: 'GET',
  path,
  access,
  operation: {
    id: 'listTrustRules',
    summary: 'List trust rules',
    description: 'Those that were revoked too. In the order of ids.',
    parameters: pageParameters,
    answers: { 200: { description: 'A page', content: { 'application/json': ref('TrustRuleList') } } },
    problems: ['invalid_query'],
  },

  handle(context, { deps }) {
    const { org } = principalOf(context);
    const page = readPage(new URL(context.req.url).searchParams);
    return answerPage(
      page,
      more => listTrustRules(databaseOf(deps), org, more),
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
    id: 'revokeTrustRule',
    summary: 'Revoke a trust rule',
    description: 'Identities that it let in are refused from the next request on.',
    answers: { 204: { description: 'It is revoked', content: {} } },
    problems: [],
  },

  async handle(context, { deps }) {
    const { org, identity } = principalOf(context);
    const id = context.req.param('id') ?? '';
    if (!(await revokeTrustRule(databaseOf(deps), { org, id, actor: identity }, deps.now())))
      throw notFound();
    return new Response(null, { status: 204 });
  },
};

export const trustRuleRoutes: readonly Route[] = [createRoute, listRoute, revokeRoute];

function shown({ id, label, issuer, audience, claims, roles, policies, ...rule }: StoredTrustRule) {
  return {
    ...{ id, label, issuer, audience, claims, roles },
    ...(policies !== null && { policies }),
    created_at: toTime(rule.createdAt),
    created_by: rule.createdBy,
    ...(rule.revokedAt !== null && { revoked_at: toTime(rule.revokedAt) }),
  };
}

function invalid(pointer: string, message: string): ProblemError {
  return new ProblemError('invalid_request', `${pointer}: ${message}`, { errors: [{ pointer, message }] });
}
