import { momentOf } from '../../../base/index.ts';
import type { LoadedPolicy } from '../../../decide/index.ts';
import { newUlid } from '../../../store/index.ts';
import type { Value } from '../../../values/index.ts';
import { evidenceResolver } from '../../decide-call.ts';
import type { Caller } from '../../deciding/caller.ts';
import { openDoor } from '../../deciding/open-door.ts';
import {
  answerV0,
  answerV1,
  type DataSource,
  readBody,
  readDataPath,
  readInput,
  readParameters,
} from '../../opa/index.ts';
import * as requests from '../../requests/body.ts';
import type { RequestContext, Route } from '../../route.ts';
import type { Services } from '../../services.ts';
import { asOpa } from './errors.ts';

const answers = { 200: { description: 'As OPA answers', content: { 'application/json': {} } } };
const body = { 'application/json': { schema: { type: 'object' } }, 'application/yaml': { schema: {} } };

function describe(id: string, summary: string) {
  const description =
    'As OPA’s REST API has it, with its parameters `pretty`, `explain`, `metrics`, `provenance` and ' +
    '`strict-builtin-errors`, and with its errors.';
  return { id, summary, description, answers, problems: [] };
}

type Handle = (context: RequestContext, services: Services) => Promise<Response>;

function route(method: Route['method'], path: string, id: string, summary: string, handle: Handle): Route {
  const operation = { ...describe(id, summary), ...(method === 'POST' && { body }) };
  return { method, path: `/opa/{org}/{policy}${path}`, access: 'decision', operation, handle: asOpa(handle) };
}

/** OPA's Data API, for one policy: `/opa/{org}/{policy}` is the address of an OPA to its clients. */
export const dataRoutes: readonly Route[] = [
  ...['/v1/data', '/v1/data/{path*}'].flatMap((path, at) => [
    route('GET', path, `opaGetData${at}`, 'A document', (context, services) =>
      v1(context, services, inputParameter(context)),
    ),
    route('POST', path, `opaData${at}`, 'A document, for an input', async (context, services) =>
      v1(context, services, readInput(await textOf(context), isYaml(context))),
    ),
  ]),
  ...['/v0/data', '/v0/data/{path*}'].map((path, at) =>
    route('POST', path, `opaV0Data${at}`, 'A document alone, for an input', (context, services) =>
      v0(context, services, pathOf(context)),
    ),
  ),
  route(
    'POST',
    '',
    'opaDefaultDecision',
    'The document `data.system.main`, for an input',
    (context, services) => v0(context, services, ['system', 'main']),
  ),
];

async function v1(context: RequestContext, services: Services, input: Value | undefined): Promise<Response> {
  const source = await sourceFor(context, services);
  const question = {
    path: pathOf(context),
    ...(input !== undefined && { input }),
    parameters: parametersOf(context),
    lacksInput: input === undefined && context.req.method === 'POST',
  };
  return answerV1(question, source);
}

async function v0(context: RequestContext, services: Services, path: readonly string[]): Promise<Response> {
  const complaint = 'unexpected parse error for input: body contains malformed input document';
  const input = readBody(await textOf(context), isYaml(context), complaint) ?? null;
  return answerV0({ path, input, parameters: parametersOf(context) }, await sourceFor(context, services));
}

async function sourceFor(context: RequestContext, services: Services): Promise<DataSource> {
  const { deps } = services;
  const { policies, caller } = await openDoor(context, services);
  const [policy] = policies as readonly [LoadedPolicy];
  const now = deps.now();
  const asOf = momentOf(now);
  const evidence = await evidenceResolver(services, caller, asOf);
  return {
    ...{ policy, asOf, clock: deps.clock, version: deps.version },
    ...(evidence !== undefined && { evidence }),
    ...(caller !== undefined && { answered: recorder(services, caller, policy, now) }),
  };
}

/** Puts what is answered on record. */
function recorder(
  { decisionLog }: Services,
  { principal: { org, identity }, settings }: Caller,
  policy: LoadedPolicy,
  now: number,
): NonNullable<DataSource['answered']> {
  return ({ path, input }, result) =>
    decisionLog.record({
      ...{
        org,
        settings,
        requester: identity,
        door: 'data',
        id: newUlid(now),
        policy: policy.identity,
        path,
      },
      ...(input !== undefined && { input }),
      ...(result !== undefined && { result }),
    });
}

/** The path as it was sent: a slash inside a name is percent-encoded. */
function pathOf(context: RequestContext): readonly string[] {
  const [, , , , , , ...names] = new URL(context.req.url).pathname.split('/');
  return readDataPath(names.join('/'));
}

function parametersOf(context: RequestContext) {
  return readParameters(new URL(context.req.url).searchParams);
}

function inputParameter(context: RequestContext): Value | undefined {
  const text = new URL(context.req.url).searchParams.get('input') ?? '';
  return readBody(text, false, 'parameter contains malformed input document');
}

function isYaml(context: RequestContext): boolean {
  return (context.req.header('content-type') ?? '').includes('yaml');
}

async function textOf(context: RequestContext): Promise<string> {
  return requests.decodeText(await requests.readBody(context.req.raw), 'the body');
}
