import { isName } from '../../../bundles/index.ts';
import { type CatalogueEntry, findPolicy, listCatalogue, type PolicyHead } from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { notFound } from '../../access/refusals.ts';
import { maySee, mayUseForeign, privatePolicies } from '../../deciding/sight.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { answerPage, invalidParameter, pageParameters, readPage } from '../../requests/page.ts';
import { answerTagged, revisionTag } from '../../requests/preconditions.ts';
import type { RequestContext, Route } from '../../route.ts';
import type { Services } from '../../services.ts';
import { toTime } from '../../time.ts';
import { answerVersion } from './answer-version.ts';
import { shownPolicy } from './answers.ts';

const path = '/v1/orgs/{org}/catalogue';
const access = { role: 'evaluate' } as const;

const listRoute: Route = {
  method: 'GET',
  path,
  access,
  operation: {
    id: 'listCatalogue',
    summary: 'The catalogue',
    description: 'The policies of the organisation and the public ones of all others.',
    parameters: pageParameters,
    answers: { 200: { description: 'A page', content: { 'application/json': ref('Catalogue') } } },
    problems: ['invalid_query'],
  },

  handle(context, { deps }) {
    const principal = principalOf(context);
    const { after, limit } = readPage(new URL(context.req.url).searchParams);
    const place = after === undefined ? undefined : placeOf(after);
    return answerPage(
      { limit },
      ({ limit: most }) =>
        listCatalogue(databaseOf(deps), principal.org, privatePolicies(principal), {
          limit: most,
          ...(place && { after: place }),
        }),
      ({ org, name }) => `${org}/${name}`,
      shownEntry,
    );
  },
};

const readRoute: Route = {
  method: 'GET',
  path: `${path}/{owner}/{name}`,
  access,
  operation: {
    id: 'getCataloguePolicy',
    summary: 'A policy of the catalogue',
    description: 'A public policy of another organisation, or one of this.',
    answers: {
      200: { description: 'As it is', content: { 'application/json': ref('Policy') } },
      304: { description: 'As `If-None-Match` says', content: {} },
    },
    problems: [],
  },

  async handle(context, services) {
    const head = await findListed(context, services);
    return answerTagged(context.req.raw, revisionTag(head.policy.revision), shownPolicy(head));
  },
};

const versionRoute: Route = {
  method: 'GET',
  path: `${path}/{owner}/{name}/versions/{version}`,
  access,
  operation: {
    id: 'getCatalogueVersion',
    summary: 'A version of a policy of the catalogue',
    description: 'With its files: who is to follow a policy may read it.',
    answers: {
      200: { description: 'As it was published', content: { 'application/json': ref('PolicyVersion') } },
      304: { description: 'As `If-None-Match` says', content: {} },
    },
    problems: ['unknown_channel'],
  },

  async handle(context, services) {
    return answerVersion(context, services, await findListed(context, services));
  },
};

export const catalogueRoutes: readonly Route[] = [listRoute, readRoute, versionRoute];

/** What is not public, and not the caller's own, is as if not there. */
async function findListed(context: RequestContext, { deps }: Services): Promise<PolicyHead> {
  const principal = principalOf(context);
  const [org, name] = [context.req.param('owner') ?? '', context.req.param('name') ?? ''];
  const head = await findPolicy(databaseOf(deps), { org, name });
  if (head === undefined) throw notFound();
  const { visibility } = head.policy;
  const isSeen =
    org === principal.org
      ? maySee(principal, { org, policy: name, visibility })
      : visibility === 'public' && mayUseForeign(principal);
  if (!isSeen) throw notFound();
  return head;
}

function placeOf(after: string) {
  const [org = '', name = ''] = after.split('/');
  if (isName(org) && isName(name)) return { org, name };
  throw invalidParameter('after', 'expected the `next` of an answer', ['limit', 'after']);
}

function shownEntry(entry: CatalogueEntry) {
  const { org, name, visibility, latest, manifest, publishedAt, subscription } = entry;
  const { title, description, rules, tests } = manifest;
  return {
    policy: `${org}/${name}`,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    visibility,
    latest,
    published_at: toTime(publishedAt),
    rules: rules.length,
    tests,
    ...(subscription && { subscription: subscription.value }),
  };
}
