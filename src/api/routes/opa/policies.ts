import { layerLabel, type StackedLayer, stackLayers } from '../../../bundles/index.ts';
import { readContents } from '../../../store/index.ts';
import { admittedPolicy } from '../../deciding/open-door.ts';
import { databaseOf } from '../../deps.ts';
import { OpaError } from '../../opa/index.ts';
import { ProblemError } from '../../problem.ts';
import type { RequestContext, Route } from '../../route.ts';
import type { Services } from '../../services.ts';
import { asOpa } from './errors.ts';

const answers = { 200: { description: 'As OPA answers', content: { 'application/json': {} } } };

/** OPA's Policy API, to be read. */
export const policyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/opa/{org}/{policy}/v1/policies',
    access: 'decision',
    operation: {
      id: 'opaPolicies',
      summary: 'The texts of the policy and of those that it extends',
      description: 'As OPA’s REST API has it, without `ast`.',
      ...{ answers, problems: [] },
    },
    handle: asOpa(async (context, services) =>
      Response.json({ result: await policyTexts(context, services) }),
    ),
  },
  {
    method: 'GET',
    path: '/opa/{org}/{policy}/v1/policies/{path*}',
    access: 'decision',
    operation: {
      id: 'opaPolicy',
      summary: 'One of the texts of the policy',
      description: 'As OPA’s REST API has it, without `ast`.',
      ...{ answers, problems: [] },
    },
    handle: asOpa(async (context, services) => {
      const texts = await policyTexts(context, services);
      const [, , , , , , ...names] = new URL(context.req.url).pathname.split('/');
      const id = decodeURIComponent(names.join('/'));
      const result = texts.find(text => text.id === id);
      if (result !== undefined) return Response.json({ result });
      throw new OpaError(
        404,
        'resource_not_found',
        `storage_not_found_error: policy id ${JSON.stringify(id)}`,
      );
    }),
  },
  {
    method: 'GET',
    path: '/opa/{org}/{policy}/health',
    access: 'anyone',
    operation: {
      id: 'opaHealth',
      summary: 'That the service answers',
      description: 'As OPA’s Health API has it; the same for every address.',
      ...{ answers, problems: [] },
    },
    handle: () => Response.json({}),
  },
];

interface PolicyText {
  readonly id: string;
  readonly raw: string;
}

async function policyTexts(context: RequestContext, services: Services): Promise<readonly PolicyText[]> {
  const { layers, problems } = stackLayers((await admittedPolicy(context, services)).layers);
  if (problems.length > 0) throw new ProblemError('policy_error', problems.join('; '));
  const files = await readContents(databaseOf(services.deps), layers);
  return layers.flatMap((layer, at) => files[at]!.filter(isRules).map(file => toText(layer, file)));
}

function isRules({ path }: { readonly path: string }): boolean {
  return /\.(?:rego|policy)$/u.test(path);
}

function toText(
  layer: StackedLayer,
  { path, text }: { readonly path: string; readonly text: string },
): PolicyText {
  return { id: `${layerLabel(layer)}/${path}`, raw: text };
}
