import { lockOf, writeLock } from '../../../bundles/index.ts';
import {
  listPolicies,
  listVersions,
  type PolicyHead,
  resolveReferences,
  type StoredVersion,
} from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { seenPolicies } from '../../deciding/sight.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { answerPage, invalidParameter, pageParameters, readPage } from '../../requests/page.ts';
import { answerTagged, revisionTag } from '../../requests/preconditions.ts';
import type { Route } from '../../route.ts';
import { answerVersion } from './answer-version.ts';
import { shownPolicy, versionHead } from './answers.ts';
import { findSeenPolicy, findVersionOf } from './find-policy.ts';

const path = '/v1/orgs/{org}/policies/{policy}';

const listRoute: Route = {
  method: 'GET',
  path: '/v1/orgs/{org}/policies',
  access: { role: 'evaluate', forSomePolicies: true },
  operation: {
    id: 'listPolicies',
    summary: 'List policies',
    description: 'The policies of the organisation that the caller may see, by name.',
    parameters: pageParameters,
    answers: { 200: { description: 'A page', content: { 'application/json': ref('PolicyList') } } },
    problems: ['invalid_query'],
  },

  handle(context, { deps }) {
    const principal = principalOf(context);
    const seen = seenPolicies(principal);
    return answerPage(
      readPage(new URL(context.req.url).searchParams),
      page => listPolicies(databaseOf(deps), principal.org, seen, page),
      ({ policy }) => policy.name,
      summaryOf,
    );
  },
};

const readRoute: Route = {
  method: 'GET',
  path,
  access: { role: 'evaluate' },
  operation: {
    id: 'getPolicy',
    summary: 'A policy',
    description: 'What its newest version is, and where its channels point. The ETag counts every change.',
    answers: {
      200: { description: 'As it is', content: { 'application/json': ref('Policy') } },
      304: { description: 'As `If-None-Match` says', content: {} },
    },
    problems: [],
  },

  async handle(context, services) {
    const head = await findSeenPolicy(context, services);
    return answerTagged(context.req.raw, revisionTag(head.policy.revision), shownPolicy(head));
  },
};

const versionsRoute: Route = {
  method: 'GET',
  path: `${path}/versions`,
  access: { role: 'evaluate' },
  operation: {
    id: 'listVersions',
    summary: 'List versions',
    description: 'The newest first.',
    parameters: pageParameters,
    answers: { 200: { description: 'A page', content: { 'application/json': ref('PolicyVersionList') } } },
    problems: ['invalid_query'],
  },

  async handle(context, services) {
    const page = readPage(new URL(context.req.url).searchParams);
    if (page.after !== undefined && !/^\d{1,9}$/u.test(page.after))
      throw invalidParameter('after', 'expected the `next` of an answer', ['limit', 'after']);
    const { policy } = await findSeenPolicy(context, services);
    return answerPage(
      page,
      ({ limit, after }) =>
        listVersions(databaseOf(services.deps), policy, {
          limit,
          ...(after !== undefined && { before: Number(after) }),
        }),
      version => String(version.number),
      shownVersion,
    );
  },
};

const versionRoute: Route = {
  method: 'GET',
  path: `${path}/versions/{version}`,
  access: { role: 'evaluate' },
  operation: {
    id: 'getVersion',
    summary: 'A version',
    description: 'With its files; by number, by digest, or what a channel points at. The ETag is its digest.',
    answers: {
      200: { description: 'As it was published', content: { 'application/json': ref('PolicyVersion') } },
      304: { description: 'As `If-None-Match` says', content: {} },
    },
    problems: ['unknown_channel'],
  },

  async handle(context, services) {
    return answerVersion(context, services, await findSeenPolicy(context, services));
  },
};

const lockRoute: Route = {
  method: 'GET',
  path: `${path}/versions/{version}/lock`,
  access: { role: 'evaluate' },
  operation: {
    id: 'getLock',
    summary: 'A lock of a version',
    description:
      'The `pratique.lock` that pins the version and, as they stand now, all its layers. Send it as `lock` with ' +
      'what is to be decided upon: channels stand for what it names then, and anything else is a problem.',
    answers: { 200: { description: 'pratique.lock', content: { 'application/json': ref('Lock') } } },
    problems: ['unknown_channel', 'policy_error'],
  },

  async handle(context, services) {
    const head = await findSeenPolicy(context, services);
    const {
      org,
      policy: name,
      number,
    } = await findVersionOf(services, head, context.req.param('version') ?? '');
    const selector = { kind: 'version', value: String(number) } as const;
    const [resolved] = await resolveReferences(databaseOf(services.deps), org, [{ org, name, selector }]);
    const { identity } = await services.organisationPolicies.load(resolved!, org);
    return new Response(writeLock(lockOf([identity])), { headers: { 'content-type': 'application/json' } });
  },
};

export const readRoutes: readonly Route[] = [listRoute, readRoute, versionsRoute, versionRoute, lockRoute];

function summaryOf({ policy, latest, channels }: PolicyHead) {
  const { title, description } = latest.manifest;
  return {
    name: `${policy.org}/${policy.name}`,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    visibility: policy.visibility,
    latest: policy.latest,
    channels: Object.fromEntries(channels.map(({ name, number }) => [name, number])),
  };
}

function shownVersion(version: StoredVersion) {
  const { title, tests } = version.manifest;
  return { ...versionHead(version), ...(title !== undefined && { title }), tests };
}
