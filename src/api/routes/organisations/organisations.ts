import {
  createOrganisation,
  deleteOrganisation,
  listOrganisations,
  type Organisation,
  violates,
} from '../../../store/index.ts';
import { longestTokenLife } from '../../access/expiry.ts';
import { notFound } from '../../access/refusals.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { ProblemError } from '../../problem.ts';
import { readJsonBody } from '../../requests/json-body.ts';
import { answerPage, pageParameters, readPage } from '../../requests/page.ts';
import type { Route } from '../../route.ts';
import { newOrganisationBody } from '../../schemas/organisations.ts';
import { toTime } from '../../time.ts';

const actor = 'operator';

const createRoute: Route = {
  method: 'POST',
  path: '/v1/orgs',
  access: 'operator',
  operation: {
    id: 'createOrganisation',
    summary: 'Make an organisation',
    description:
      'For the operator of the deployment. The answer has the first token, which may do everything.',
    body: {
      'application/json': {
        schema: ref('NewOrganisation'),
        example: { name: 'acme', title: 'Acme Corporation' },
      },
    },
    answers: {
      201: { description: 'It was made', content: { 'application/json': ref('CreatedOrganisation') } },
    },
    problems: ['invalid_json', 'invalid_request', 'conflict'],
  },

  async handle(context, { deps }) {
    const { name, title } = await readJsonBody(context.req.raw, newOrganisationBody);
    if (deps.library.categories.has(name)) throw nameOfLibrary(name);
    const now = deps.now();
    const tokenExpiresAt = now + longestTokenLife;
    const admin = await createOrganisation(
      databaseOf(deps),
      { name, title, createdBy: actor, tokenExpiresAt },
      now,
    ).catch((error: unknown) => {
      if (!violates(error, 'organisations.name')) throw error;
      throw new ProblemError('conflict', `the name ${name} is taken, or was: names are not given out again`);
    });
    const { id, text, expiresAt } = admin;
    const token = { id, token: text, expires_at: toTime(expiresAt) };
    return Response.json(
      { name, title, created_at: toTime(now), created_by: actor, admin: token },
      { status: 201, headers: { location: `/v1/orgs/${name}` } },
    );
  },
};

const listRoute: Route = {
  method: 'GET',
  path: '/v1/orgs',
  access: 'operator',
  operation: {
    id: 'listOrganisations',
    summary: 'List organisations',
    description: 'For the operator of the deployment; by name.',
    parameters: pageParameters,
    answers: { 200: { description: 'A page', content: { 'application/json': ref('OrganisationList') } } },
    problems: ['invalid_query'],
  },

  handle(context, { deps }) {
    const page = readPage(new URL(context.req.url).searchParams);
    return answerPage(
      page,
      more => listOrganisations(databaseOf(deps), more),
      ({ name }) => name,
      summaryOf,
    );
  },
};

const deleteRoute: Route = {
  method: 'DELETE',
  path: '/v1/orgs/{org}',
  access: 'operator',
  operation: {
    id: 'deleteOrganisation',
    summary: 'Delete an organisation',
    description:
      'For the operator of the deployment. Everything of it is gone at once but its audit log, and its name ' +
      'stays taken. Policies of others that extend its policies decide nothing until they are changed.',
    answers: { 204: { description: 'It is gone', content: {} } },
    problems: ['not_found'],
  },

  async handle(context, { deps }) {
    const name = context.req.param('org') ?? '';
    if (!(await deleteOrganisation(databaseOf(deps), { name, actor }, deps.now()))) throw notFound();
    return new Response(null, { status: 204 });
  },
};

export const operatorRoutes: readonly Route[] = [createRoute, listRoute, deleteRoute];

/** `tags/no-latest-tag` is a policy of the library, and could be no policy of an organisation `tags`. */
function nameOfLibrary(name: string): ProblemError {
  const message = `the library has policies in ${name}/`;
  return new ProblemError('invalid_request', `/name: ${message}`, {
    errors: [{ pointer: '/name', message }],
    hint: 'choose another name',
  });
}

/** What is said of an organisation wherever it is shown. */
export function summaryOf({ name, title, createdAt, createdBy }: Organisation) {
  return { name, title, created_at: toTime(createdAt), created_by: createdBy };
}
