import { toDiagnosticJson } from '../../../base/index.ts';
import { loadLayers, type StackedLayer, stackLayers, versionDigest } from '../../../bundles/index.ts';
import { ArchiveError, buildBundle, exportPolicy } from '../../../bundles/opa/index.ts';
import { sha256 } from '../../../decide/index.ts';
import { opaLibrary, readContents, type StoredSigningKey } from '../../../store/index.ts';
import { notFound, unauthorized } from '../../access/refusals.ts';
import { admitCaller, askedBy } from '../../deciding/admit-caller.ts';
import { type AppDeps, databaseOf } from '../../deps.ts';
import { ProblemError } from '../../problem.ts';
import type { RequestContext, Route } from '../../route.ts';
import type { Services } from '../../services.ts';
import { openSigningKey, readSigningKey } from './signing.ts';

/** Raised where the same layers would come to another bundle. */
const BUNDLE_FORMAT = 1;

export const bundleRoute: Route = {
  method: 'GET',
  path: '/bundles/{org}/{bundle}',
  access: 'decision',
  operation: {
    id: 'getBundle',
    summary: 'A policy as an OPA bundle',
    description:
      'The name is that of the policy with `.tar.gz`: `production.tar.gz`, `production@7.tar.gz`. Signed by the key ' +
      'of the organisation that pulls it. Statements are the rules that they become; ask OPA for ' +
      '`data.pratique.verdict`. A policy that asks for evidence cannot be exported.',
    answers: {
      200: { description: 'The bundle, with an ETag', content: { 'application/gzip': { type: 'string' } } },
      304: { description: 'It is the one that If-None-Match names', content: {} },
    },
    problems: ['not_found', 'unknown_channel', 'policy_error', 'limit_exceeded'],
  },

  async handle(context, services) {
    const { deps } = services;
    const { layers, org, identity } = await admittedLayers(context, services);
    const key = await readSigningKey(deps, { org, identity });
    const etag = etagOf(deps, layers, key);
    if (isKnown(context.req.header('if-none-match'), etag))
      return new Response(null, { status: 304, headers: { etag } });
    const bytes = await bundleOf(deps, layers, key);
    return new Response(bytes, { headers: { etag, 'content-type': 'application/gzip' } });
  },
};

interface Admitted {
  readonly layers: readonly StackedLayer[];
  readonly org: string;
  readonly identity: string;
}

/** The layers of the policy that the path names, for who may decide by it. */
async function admittedLayers(context: RequestContext, services: Services): Promise<Admitted> {
  const { org = '', bundle = '' } = context.req.param();
  const name = `${org}/${bundle.replace(/\.tar\.gz$/u, '')}`;
  const asked = askedBy(context);
  if (asked.credential === undefined) throw unauthorized('a bundle needs a credential');
  const question = { choices: [{ name }], org, ...asked };
  const { caller, resolved } = await admitCaller(services, question).catch(hideName);
  const [policy] = resolved;
  if (policy === undefined || caller === undefined || !bundle.endsWith('.tar.gz')) throw notFound();
  const { layers, problems } = stackLayers(policy.layers);
  if (problems.length > 0) throw new ProblemError('policy_error', problems.join('; '));
  return { layers, ...caller.principal };
}

/** An address that is not there is answered as everywhere, whatever it names. */
function hideName(error: unknown): never {
  throw error instanceof ProblemError && error.problem.code === 'unknown_policy' ? notFound() : error;
}

async function bundleOf(deps: AppDeps, layers: readonly StackedLayer[], key: StoredSigningKey) {
  const files = await readContents(databaseOf(deps), layers);
  const { library, requestHosts: hosts } = deps;
  const { composition, diagnostics } = loadLayers(
    layers.map((layer, index) => ({ ...layer, files: files[index]! })),
    { library, ...(hosts !== undefined && { hosts }) },
  );
  const exported = exportPolicy(composition, opaLibrary);
  const problems = [...diagnostics, ...exported.diagnostics].filter(({ severity }) => severity === 'error');
  if (exported.policy === undefined || problems.length > 0)
    throw new ProblemError('policy_error', problems[0]?.message ?? 'the policy cannot be exported', {
      diagnostics: problems.map(toDiagnosticJson),
    });
  const [{ org, policy, number, digest }] = layers as readonly [StackedLayer];
  const metadata = { policy: `${org}/${policy}`, version: number };
  try {
    const signing = await openSigningKey(deps, key);
    return await buildBundle(exported.policy, composition.data, { revision: digest, metadata, key: signing });
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    throw new ProblemError('limit_exceeded', error.message, { limit: 'bodyBytes' });
  }
}

/** The digest of the Rego that goes along with every bundle; made when first asked for. */
let goesAlong: string | undefined;

/** Weak, for each signature has other bytes. */
function etagOf(
  { library, version }: AppDeps,
  layers: readonly StackedLayer[],
  { id }: StoredSigningKey,
): string {
  goesAlong ??= versionDigest(opaLibrary);
  const parts = [goesAlong, ...layers.map(({ org, policy, digest }) => [org, policy, digest])];
  return `W/"${sha256(JSON.stringify([BUNDLE_FORMAT, version, library.digest, id, parts])).slice(0, 32)}"`;
}

function isKnown(header: string | undefined, etag: string): boolean {
  const bare = (tag: string): string => tag.trim().replace(/^W\//u, '');
  return (header ?? '').split(',').some(tag => tag.trim() === '*' || bare(tag) === bare(etag));
}
