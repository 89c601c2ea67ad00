import {
  CA_PLACE,
  type InstallTarget,
  installManifests,
  installTargets,
  TOKEN_PLACE,
} from '../../../bundles/kubernetes/index.ts';
import type { Principal } from '../../access/principal.ts';
import { openDoor } from '../../deciding/open-door.ts';
import { ProblemError } from '../../problem.ts';
import type { RequestContext, Route } from '../../route.ts';

export const installRoute: Route = {
  method: 'GET',
  path: '/kubernetes/{org}/{policy}/install.yaml',
  access: 'decision',
  operation: {
    id: 'kubernetesInstall',
    summary: 'What a policy needs in a cluster',
    description:
      'Provider, ConstraintTemplate, Constraint and webhook configurations. The token by which it is asked stands in ' +
      'them where it may do nothing but evaluate by this policy; another has to be put in its place.',
    parameters: [
      {
        name: 'target',
        description: 'Who asks: `gatekeeper`, `webhook` (the API server itself), or `all`, as if not given',
        schema: { type: 'string', enum: [...installTargets] },
      },
      {
        name: 'exempt_namespace',
        description: 'A namespace that is left out, beside those of the system',
        schema: { type: 'string' },
        repeatable: true,
      },
    ],
    answers: { 200: { description: 'Manifests', content: { 'application/yaml': { type: 'string' } } } },
    problems: ['invalid_query', 'unknown_policy'],
  },

  async handle(context, services) {
    const { origin, searchParams } = new URL(context.req.url);
    const target = targetOf(searchParams);
    const { caller } = await openDoor(context, services);
    const { org = '', policy = '' } = context.req.param() as Readonly<Record<string, string>>;
    const installation = {
      ...{ server: origin.replace(/^http:/u, 'https:'), org, policy, caBundle: CA_PLACE },
      token: caller && isProviderToken(caller.principal, policy) ? bearerOf(context) : TOKEN_PLACE,
      exemptNamespaces: searchParams.getAll('exempt_namespace'),
    };
    return new Response(installManifests(installation, target), {
      headers: { 'content-type': 'application/yaml', 'cache-control': 'no-store' },
    });
  },
};

function targetOf(parameters: URLSearchParams): InstallTarget {
  const unknown = [...parameters.keys()].find(name => name !== 'target' && name !== 'exempt_namespace');
  const given = parameters.get('target') ?? 'all';
  const target = installTargets.find(name => name === given);
  if (unknown === undefined && target !== undefined) return target;
  const message =
    unknown === undefined
      ? `target: expected ${installTargets.join(', ')}, found ${JSON.stringify(given)}`
      : `there is no parameter ${JSON.stringify(unknown)}`;
  throw new ProblemError('invalid_query', message, {
    errors: [{ pointer: unknown ?? 'target', message }],
  });
}

/** Whether whoever reads the token out of a cluster could do no more with it than the cluster can. */
function isProviderToken({ identity, grants }: Principal, policy: string): boolean {
  const name = policy.split('@')[0]!;
  return (
    identity.startsWith('token:') &&
    grants.every(
      ({ roles, policies }) =>
        roles.every(role => role === 'evaluate') && policies?.every(each => each === name) === true,
    )
  );
}

function bearerOf(context: RequestContext): string {
  return (context.req.header('authorization') ?? '').replace(/^Bearer +/iu, '');
}
