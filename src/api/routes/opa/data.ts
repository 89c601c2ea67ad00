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
  OpaError,
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
  const parameters = { ...parametersOf(context), strict: false };
  return answerV0({ path, input, parameters }, await sourceFor(context, services));
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

/** The last one counts; an empty one is broken. */
function inputParameter(context: RequestContext): Value | undefined {
  const text = new URL(context.req.url).searchParams.getAll('input').at(-1);
  if (text === undefined) return undefined;
  const complaint = 'parameter contains malformed input document';
  if (text.trim() === '') throw new OpaError(400, 'invalid_parameter', `${complaint}: it is empty`);
  return readBody(text, false, complaint);
}

function isYaml(context: RequestContext): boolean {
  return (context.req.header('content-type') ?? '').includes('yaml');
}

async function textOf(context: RequestContext): Promise<string> {
  const { raw } = context.req;
  const source = isGzip(raw) ? decompressed(raw) : raw;
  return requests.decodeText(await requests.readBody(source), 'the body');
}

function isGzip({ headers }: Request): boolean {
  return headers.get('content-encoding')?.toLowerCase() === 'gzip';
}

/** Its length is bounded as it comes out. */
function decompressed({ body }: Request): requests.BodySource {
  return {
    headers: new Headers(),
    body: body && chunksOf(body.pipeThrough(new DecompressionStream('gzip'))),
  };
}

async function* chunksOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch {
    throw new OpaError(400, 'invalid_parameter', 'could not decompress the body');
  }
}
