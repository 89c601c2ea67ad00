import { deleteRegistry, mostRegistries, putRegistry, registriesOf, violates } from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { notFound } from '../../access/refusals.ts';
import { databaseOf, sealerOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { ProblemError } from '../../problem.ts';
import { dockerConfigFor, registryHost } from '../../registry-credentials.ts';
import { readJsonBody } from '../../requests/json-body.ts';
import type { RequestContext, Route } from '../../route.ts';
import { registryBody } from '../../schemas/organisations.ts';
import { toTime } from '../../time.ts';

const path = '/v1/orgs/{org}/registries';
const access = { role: 'admin' } as const;

/** Of a body that holds credentials. */
const longest = 256 * 1024;

const putRoute: Route = {
  method: 'PUT',
  path: `${path}/{host}`,
  access,
  operation: {
    id: 'putRegistry',
    summary: 'Credentials of a registry',
    description:
      'Decisions of this organisation, and of no other, ask the registry with them. They are kept sealed and ' +
      'are never shown again.',
    body: {
      'application/json': {
        schema: ref('RegistryCredentials'),
        example: { username: 'pull', password: '…' },
      },
    },
    answers: { 204: { description: 'They count from the next decision on', content: {} } },
    problems: ['invalid_json', 'invalid_request', 'conflict'],
  },

  async handle(context, { deps }) {
    const { org, identity } = principalOf(context);
    const host = hostOf(context);
    const sealer = sealerOf(deps);
    const config = dockerConfigFor(host, await readJsonBody(context.req.raw, registryBody, longest));
    const sealed = await sealer.seal(config, { org, kind: 'registry', name: host });
    const change = { org, host, actor: identity, sealed };
    await putRegistry(databaseOf(deps), change, deps.now()).catch((error: unknown) => {
      if (!violates(error, 'registries.sealed')) throw error;
      throw new ProblemError('conflict', `the organisation has ${mostRegistries} registries`, {
        hint: 'delete those that are not used',
      });
    });
    return new Response(null, { status: 204 });
  },
};

const listRoute: Route = {
  method: 'GET',
  path,
  access,
  operation: {
    id: 'listRegistries',
    summary: 'List registries',
    description: `For which there are credentials: ${mostRegistries} at most, without the credentials.`,
    answers: { 200: { description: 'All of them', content: { 'application/json': ref('RegistryList') } } },
    problems: [],
  },

  async handle(context, { deps }) {
    const rows = await registriesOf(databaseOf(deps), principalOf(context).org);
    return Response.json({
      items: rows.map(({ host, updatedAt, updatedBy }) => ({
        ...{ host, updated_by: updatedBy },
        updated_at: toTime(updatedAt),
      })),
    });
  },
};

const deleteRoute: Route = {
  method: 'DELETE',
  path: `${path}/{host}`,
  access,
  operation: {
    id: 'deleteRegistry',
    summary: 'Forget the credentials of a registry',
    description: 'The next decision does without them.',
    answers: { 204: { description: 'They are gone', content: {} } },
    problems: ['invalid_request'],
  },

  async handle(context, { deps }) {
    const { org, identity } = principalOf(context);
    const change = { org, host: hostOf(context), actor: identity };
    if (!(await deleteRegistry(databaseOf(deps), change, deps.now()))) throw notFound();
    return new Response(null, { status: 204 });
  },
};

export const registryRoutes: readonly Route[] = [putRoute, listRoute, deleteRoute];

function hostOf(context: RequestContext): string {
  const host = registryHost(context.req.param('host') ?? '');
  if (host !== undefined) return host;
  throw new ProblemError(
    'invalid_request',
    'expected a registry in the path: ghcr.io, registry.acme.io:5000',
  );
}
