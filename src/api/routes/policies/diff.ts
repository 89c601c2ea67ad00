import { diffFiles, diffRules } from '../../../bundles/index.ts';
import type { LoadedPolicy, Verdict } from '../../../decide/index.ts';
import {
  defaultSettings,
  readContents,
  registriesOf,
  resolveReferences,
  type StoredVersion,
} from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { decideSubmission, type Sent } from '../../decide-call.ts';
import type { Caller } from '../../deciding/caller.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { decodeText, readBody } from '../../requests/body.ts';
import { toSent } from '../../requests/evaluate-call.ts';
import { readJson } from '../../requests/json-text.ts';
import { bodyKind } from '../../requests/media-type.ts';
import { invalidParameter } from '../../requests/page.ts';
import { readQuery } from '../../requests/query.ts';
import { validate } from '../../requests/validate.ts';
import type { RequestContext, Route } from '../../route.ts';
import { diffBody } from '../../schemas/policies.ts';
import type { Services } from '../../services.ts';
import { findSeenPolicy, findVersionOf } from './find-policy.ts';

const path = '/v1/orgs/{org}/policies/{policy}/diff';
const known = ['from', 'to'] as const;

const parameters = [
  { name: 'from', description: 'A version, digest or channel', schema: { type: 'string' } },
  { name: 'to', description: 'A version, digest or channel', schema: { type: 'string' } },
] as const;

const problems = ['invalid_query', 'unknown_channel', 'policy_error'] as const;

const answers = { 200: { description: 'What differs', content: { 'application/json': ref('Diff') } } };

const readRoute: Route = {
  method: 'GET',
  path,
  access: { role: 'evaluate' },
  operation: {
    id: 'diffVersions',
    summary: 'What differs between two versions',
    description: 'In their texts, and in what their rules mean.',
    parameters,
    answers,
    problems,
  },

  async handle(context, services) {
    const { from, to } = await findBoth(context, services);
    return Response.json(await differences(services, from, to));
  },
};

const decideRoute: Route = {
  method: 'POST',
  path,
  access: { role: 'evaluate' },
  operation: {
    id: 'diffVerdicts',
    summary: 'What two versions decide',
    description:
      'The same, and the verdicts of both versions upon what is sent. They are not put on record, and no exemption ' +
      'counts.',
    parameters,
    body: { 'application/json': { schema: ref('DiffRequest'), example: { images: ['nginx'] } } },
    answers,
    problems: [
      'invalid_json',
      'invalid_request',
      'submission_error',
      'limit_exceeded',
      'nothing_to_decide',
      ...problems,
    ],
  },

  async handle(context, services) {
    bodyKind(context.req.raw, ['json']);
    const { json, valueAt } = readJson(decodeText(await readBody(context.req.raw), 'the body'));
    const sent = toSent(validate(diffBody, json), readQuery([]), valueAt);
    const { from, to } = await findBoth(context, services);
    const caller = await callerOf(context, services);
    const before = await decideWith(services, caller, from, sent);
    const after = await decideWith(services, caller, to, sent);
    const verdicts = { from: before, to: after, changed: changedImages(before, after) };
    return Response.json({ ...(await differences(services, from, to)), verdicts });
  },
};

export const diffRoutes: readonly Route[] = [readRoute, decideRoute];

interface LoadedVersion {
  readonly version: StoredVersion;
  readonly policy: LoadedPolicy;
}

async function findBoth(context: RequestContext, services: Services) {
  const query = new URL(context.req.url).searchParams;
  for (const name of query.keys())
    if (!known.some(each => each === name)) throw invalidParameter(name, 'there is no such parameter', known);
  const head = await findSeenPolicy(context, services);
  const [from, to] = await Promise.all(
    known.map(async name => {
      const [selected, ...others] = query.getAll(name);
      if (selected === undefined || others.length > 0)
        throw invalidParameter(name, 'expected one version, digest or channel', known);
      return load(services, await findVersionOf(services, head, selected));
    }),
  );
  return { from: from!, to: to! };
}

/** With its layers as they stand now. */
async function load(services: Services, version: StoredVersion): Promise<LoadedVersion> {
  const { org, policy: name, number } = version;
  const selector = { kind: 'version', value: String(number) } as const;
  const [resolved] = await resolveReferences(databaseOf(services.deps), org, [{ org, name, selector }]);
  return { version, policy: await services.organisationPolicies.load(resolved!, org) };
}

/** Without its exemptions. */
async function callerOf(context: RequestContext, { deps }: Services): Promise<Caller> {
  const principal = principalOf(context);
  const registries = await registriesOf(databaseOf(deps), principal.org);
  return { principal, settings: defaultSettings, exemptions: [], registries };
}

function decideWith(services: Services, caller: Caller, { policy }: LoadedVersion, sent: Sent) {
  const call = { sent, query: {}, door: 'evaluate', dryRun: true } as const;
  return decideSubmission(services, { policies: [policy], caller }, call);
}

async function differences({ deps }: Services, from: LoadedVersion, to: LoadedVersion) {
  const { org, policy, number } = from.version;
  const [before = [], after = []] = await readContents(databaseOf(deps), [from.version, to.version]);
  return {
    policy: `${org}/${policy}`,
    from: number,
    to: to.version.number,
    files: diffFiles(before, after),
    rules: diffRules(from.policy, to.policy),
  };
}

function changedImages(before: Verdict, after: Verdict) {
  return before.images.flatMap(({ ref: image, decision }, index) => {
    const now = after.images[index]?.decision;
    return now === undefined || now === decision ? [] : [{ ref: image, from: decision, to: now }];
  });
}
