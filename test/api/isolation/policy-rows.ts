import { env } from 'cloudflare:workers';
import { changePolicy, moveChannel, openDatabase, subscribe } from '../../../src/store/index.ts';
import { publish } from '../published.ts';
import type { Call, Row } from './rows.ts';

const database = openDatabase(env.DB);
const actor = 'token:publisher';

const published = new Map<string, Promise<unknown>>();

/** No two organisations have a policy of one name. */
function nameIn(org: string): string {
  return `of-${org}`;
}

/** Publishes a policy once: of the organisation, and seen by all of it unless it is said to be public. */
function policyOf(org: string, name = nameIn(org), visibility: 'org' | 'public' = 'org'): Promise<unknown> {
  const key = `${org}/${name}`;
  const made = published.get(key) ?? make(org, name, visibility);
  published.set(key, made);
  return made;
}

async function make(org: string, name: string, visibility: 'org' | 'public'): Promise<void> {
  await publish(`${org}/${name}`, 'package a\n\ndeny tag "latest"\n');
  await changePolicy(database, { org, name, visibility, actor }, undefined, Date.now());
}

/** Of a policy that is not `web`. */
function about(rest: string, body?: unknown) {
  return async (org: string): Promise<Call> => {
    await policyOf(org);
    return { path: `/v1/orgs/${org}/policies/${nameIn(org)}${rest}`, ...(body !== undefined && { body }) };
  };
}

function absentPolicy(rest: string, body?: unknown) {
  return (org: string): Call => ({
    path: `/v1/orgs/${org}/policies/absent${rest}`,
    ...(body !== undefined && { body }),
  });
}

/** A row about a policy, with the same about one that there is not. */
function policyRow(lets: Row['lets'], status: number, rest: string, body?: unknown): Row {
  return { lets, status, limited: 404, call: about(rest, body), absent: absentPolicy(rest, body) };
}

let counted = 0;

/** A move of another identity that waits for an approval. */
async function pendingMove(org: string): Promise<string> {
  await policyOf(org);
  const [policy, channel] = [nameIn(org), `approved-${counted++}`];
  await changePolicy(database, { org, name: policy, approvals: [channel], actor }, undefined, Date.now());
  const move = { org, policy, channel, number: 1, actor };
  return `${channel}/moves/${(await moveChannel(database, move, undefined, Date.now())).move.id}`;
}

/** A public policy of a third organisation that is followed. */
async function followed(org: string): Promise<string> {
  const [owner, name] = ['third-organisation', 'shared'];
  await policyOf(owner, name, 'public');
  const selector = { kind: 'channel', value: 'stable' } as const;
  await subscribe(database, { org, to: { org: owner, name, selector }, actor }, Date.now());
  return `${owner}/${name}`;
}

const approval = { decision: 'approve' };

export const policyRows: Readonly<Record<string, Row>> = {
  'GET /v1/orgs/{org}/policies': {
    lets: 'evaluate',
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/policies` }),
  },
  'PUT /v1/orgs/{org}/policies/{policy}': {
    lets: 'publish',
    limited: 404,
    status: 201,
    call: org => ({
      path: `/v1/orgs/${org}/policies/published`,
      body: { files: { 'a.policy': `package a\n\ndeny tag "t${counted++}"\n` } },
    }),
  },
  'GET /v1/orgs/{org}/policies/{policy}': policyRow('evaluate', 200, ''),
  'PATCH /v1/orgs/{org}/policies/{policy}': policyRow('admin', 200, '', { visibility: 'org' }),
  'GET /v1/orgs/{org}/policies/{policy}/versions': policyRow('evaluate', 200, '/versions'),
  'GET /v1/orgs/{org}/policies/{policy}/versions/{version}': policyRow('evaluate', 200, '/versions/1'),
  'GET /v1/orgs/{org}/policies/{policy}/versions/{version}/lock': policyRow(
    'evaluate',
    200,
    '/versions/1/lock',
  ),
  'GET /v1/orgs/{org}/policies/{policy}/diff': policyRow('evaluate', 200, '/diff?from=1&to=1'),
  'POST /v1/orgs/{org}/policies/{policy}/diff': policyRow('evaluate', 200, '/diff?from=1&to=1', {
    images: ['nginx:1.27'],
  }),
  'GET /v1/orgs/{org}/policies/{policy}/channels/{channel}': policyRow('evaluate', 200, '/channels/stable'),
  'PUT /v1/orgs/{org}/policies/{policy}/channels/{channel}': policyRow('publish', 200, '/channels/stable', {
    version: 1,
  }),
  'POST /v1/orgs/{org}/policies/{policy}/channels/{channel}/moves/{move}': {
    lets: 'approve',
    limited: 404,
    status: 200,
    call: async org => ({
      path: `/v1/orgs/${org}/policies/${nameIn(org)}/channels/${await pendingMove(org)}`,
      body: approval,
    }),
    absent: absentPolicy('/channels/stable/moves/0', approval),
  },

  'GET /v1/orgs/{org}/catalogue': {
    lets: 'evaluate',
    limited: 403,
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/catalogue` }),
  },
  'GET /v1/orgs/{org}/catalogue/{owner}/{name}': {
    lets: 'evaluate',
    limited: 403,
    status: 200,
    call: async org => ({ path: `/v1/orgs/${org}/catalogue/${await followed(org)}` }),
    shared: true,
    absent: org => ({ path: `/v1/orgs/${org}/catalogue/third-organisation/absent` }),
  },
  'GET /v1/orgs/{org}/catalogue/{owner}/{name}/versions/{version}': {
    lets: 'evaluate',
    limited: 403,
    status: 200,
    call: async org => ({ path: `/v1/orgs/${org}/catalogue/${await followed(org)}/versions/1` }),
    shared: true,
    absent: org => ({ path: `/v1/orgs/${org}/catalogue/absent-organisation/absent/versions/1` }),
  },
  'GET /v1/orgs/{org}/subscriptions': {
    lets: 'evaluate',
    limited: 403,
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/subscriptions` }),
  },
  'PUT /v1/orgs/{org}/subscriptions/{owner}/{name}': {
    lets: 'publish',
    limited: 403,
    status: 200,
    call: async org => ({ path: `/v1/orgs/${org}/subscriptions/${await followed(org)}`, body: {} }),
    shared: true,
    absent: org => ({
      path: `/v1/orgs/${org}/subscriptions/other-organisation/of-other-organisation`,
      body: {},
    }),
  },
  'DELETE /v1/orgs/{org}/subscriptions/{owner}/{name}': {
    lets: 'publish',
    limited: 403,
    status: 204,
    call: async org => ({ path: `/v1/orgs/${org}/subscriptions/${await followed(org)}` }),
    shared: true,
    absent: org => ({ path: `/v1/orgs/${org}/subscriptions/third-organisation/absent` }),
  },

  'GET /bundles/{org}/{bundle}': {
    lets: 'evaluate',
    limited: 404,
    status: 200,
    call: async org => {
      await policyOf(org);
      return { path: `/bundles/${org}/${nameIn(org)}.tar.gz` };
    },
    absent: org => ({ path: `/bundles/${org}/absent.tar.gz` }),
  },
  'GET /v1/orgs/{org}/keys': {
    lets: 'evaluate',
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/keys` }),
  },
  'POST /v1/orgs/{org}/keys': {
    lets: 'admin',
    limited: 403,
    status: 201,
    call: org => ({ path: `/v1/orgs/${org}/keys` }),
  },
};
