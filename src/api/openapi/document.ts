import type { JsonObject } from '../../values/index.ts';
import { type ProblemCode, problems } from '../problem.ts';
import type { Route } from '../route.ts';
import { accessProblems, accessText, securityOf, securitySchemes } from './access.ts';
import { type Operation, type Parameter, ref } from './operation.ts';
import { schemaComponents } from './schemas.ts';

/** The OpenAPI 3.1 document of the routes. */
export function openApiDocument(routes: readonly Route[], version: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const route of routes) {
    const written = route.path.replace('*}', '}');
    paths[written] = { ...paths[written], [route.method.toLowerCase()]: operationObject(written, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pratique',
      version,
      description: 'Decides, from policy as code, which container images may run.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: { schemas: schemaComponents(), securitySchemes },
  };
}

function operationObject(path: string, { access, operation }: Route): JsonObject {
  const { id, summary, description, body } = operation;
  const parameters = [...pathParameters(path), ...(operation.parameters ?? []).map(queryParameter)];
  return {
    operationId: id,
    summary,
    description: `${description} ${accessText(access)}`,
    security: securityOf(access),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: { required: true, content: mediaTypes(body) } }),
    responses: {
      ...answerObjects(operation),
      ...problemObjects([...operation.problems, ...accessProblems(access)]),
    },
  };
}

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameter({ name, description, schema, repeatable }: Parameter): JsonObject {
  const one = { name, in: 'query', description, required: false };
  return repeatable === true
    ? { ...one, schema: { type: 'array', items: schema }, explode: true }
    : { ...one, schema };
}

function mediaTypes(body: NonNullable<Operation['body']>): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([type, { schema, example }]) => [
      type,
      example === undefined ? { schema } : { schema, example },
    ]),
  );
}

function answerObjects({ answers }: Operation): JsonObject {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, content }]) => [
      status,
      {
        description,
        content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }])),
      },
    ]),
  );
}

/** One answer for each status; its description lists the codes that come with it. */
function problemObjects(codes: readonly ProblemCode[]): JsonObject {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set(codes)) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      String(status),
      {
        description: list.map(code => `\`${code}\`: ${problems[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    ]),
  );
}
