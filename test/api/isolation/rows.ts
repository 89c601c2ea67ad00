import { env } from 'cloudflare:workers';
import { toRecord } from '../../../src/api/decision-log/record.ts';
import {
  createExemption,
  createToken,
  createTrustRule,
  openDatabase,
  type Role,
  storeEvidence,
  toMessages,
  writeDecisions,
} from '../../../src/store/index.ts';
import { entryOf, verdictOf } from '../decision-log/entries.ts';
import { policyRows } from './policy-rows.ts';

/** A request to a route that would succeed, or go as far as a body that says nothing can. */
export interface Call {
  readonly path: string;
  readonly body?: unknown;
}

export interface Row {
  /** Who is let in: everybody, the operator, or principals of the organisation with this role. */
  readonly lets: 'anyone' | 'operator' | Role;
  /** Makes what the request is about, in that organisation. */
  readonly call: (org: string) => Call | Promise<Call>;
  /** What those get who are let in. */
  readonly status: number;
  /** What a token gets that has every role, but for the policy `web` alone; as others where absent. */
  readonly limited?: 403 | 404;
  /** The same request about what is not there, in an organisation that is the caller's. */
  readonly absent?: (org: string) => Call;
  /** What it is about is there for every organisation. */
  readonly shared?: true;
}

const database = openDatabase(env.DB);
const day = 86_400_000;
const digest = `sha256:${'a'.repeat(64)}`;
const soon = new Date(Date.now() + day).toISOString();
const id = '0'.repeat(16);

async function tokenId(org: string): Promise<string> {
  const token = {
    org,
    label: 'x',
    roles: ['evaluate'],
    expiresAt: Date.now() + day,
    createdBy: 'operator',
  } as const;
  return (await createToken(database, token, Date.now())).id;
}

function ruleId(org: string): Promise<string> {
  const rule = {
    org,
    label: 'x',
    issuer: 'https://x.io',
    audience: 'x',
    claims: { sub: 'x' },
    createdBy: 'operator',
  };
  return createTrustRule(database, { ...rule, roles: ['evaluate'] }, Date.now());
}

/** For a policy that is not `web`. */
async function exemptionId(org: string): Promise<string> {
  const now = Date.now();
  const exemption = { org, policy: `${org}/other`, owner: 'x', reason: 'x', createdBy: 'operator' };
  const what = { images: ['nginx'], rules: ['a.deny'], indeterminate: false };
  const times = { startsAt: now, expiresAt: now + day };
  return (await createExemption(database, { ...exemption, ...what, ...times }, now)).id;
}

/** By a policy that is not `web`. */
async function decisionId(org: string): Promise<string> {
  const policy = [{ name: `${org}/other`, digest }];
  const verdict = verdictOf({ policy });
  await writeDecisions(database, toMessages(toRecord(entryOf(org, { verdict }))));
  return verdict.decision_id;
}

const report = { type: 'report', content: {} };
let subjects = 0;

/** An image of its own, about which a report is stored. */
async function storedSubject(org: string): Promise<string> {
  const subject = `sha256:${String(subjects++).padStart(64, '0')}`;
  const about = { org, subject, actor: 'operator' };
  await storeEvidence(database, about, [{ type: 'report', content: '{}' }], Date.now());
  return subject;
}

const images = ['nginx:1.27'];
const inline = { modules: { 'a.policy': 'package a\n\ndeny tag "latest"\n' } };
const trustRule = {
  label: 'x',
  issuer: 'github',
  audience: 'x',
  claims: { repository: 'acme/*' },
  roles: ['evaluate'],
};

let made = 0;

/** One row for each route; a test fails where one is missing. */
export const rows: Readonly<Record<string, Row>> = {
  'GET /health': { lets: 'anyone', status: 200, call: () => ({ path: '/health' }) },
  'GET /metrics': { lets: 'anyone', status: 200, call: () => ({ path: '/metrics' }) },
  'GET /openapi.json': { lets: 'anyone', status: 200, call: () => ({ path: '/openapi.json' }) },
  'GET /docs': { lets: 'anyone', status: 200, call: () => ({ path: '/docs' }) },

  'GET /opa/{org}/{policy}/health': {
    lets: 'anyone',
    status: 200,
    call: org => ({ path: `/opa/${org}/web/health` }),
  },

  'POST /v1/orgs': {
    lets: 'operator',
    status: 201,
    call: () => ({ path: '/v1/orgs', body: { name: `made-${made++}`, title: 'x' } }),
  },
  'GET /v1/orgs': { lets: 'operator', status: 200, call: () => ({ path: '/v1/orgs' }) },
  'DELETE /v1/orgs/{org}': {
    lets: 'operator',
    status: 404,
    call: () => ({ path: '/v1/orgs/no-such-organisation' }),
  },

  'GET /v1/orgs/{org}': { lets: 'evaluate', status: 200, call: org => ({ path: `/v1/orgs/${org}` }) },
  'PATCH /v1/orgs/{org}': {
    lets: 'admin',
    limited: 403,
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}`, body: { title: 'x' } }),
  },
  'GET /v1/orgs/{org}/audit': {
    lets: 'admin',
    limited: 403,
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/audit` }),
  },

  'GET /v1/orgs/{org}/tokens': {
    lets: 'admin',
    limited: 403,
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/tokens` }),
  },
  'POST /v1/orgs/{org}/tokens': {
    lets: 'admin',
    limited: 403,
    status: 201,
    call: org => ({
      path: `/v1/orgs/${org}/tokens`,
      body: { label: 'x', roles: ['evaluate'], expires_at: soon },
    }),
  },
  'DELETE /v1/orgs/{org}/tokens/{id}': {
    lets: 'admin',
    limited: 403,
    status: 204,
    call: async org => ({ path: `/v1/orgs/${org}/tokens/${await tokenId(org)}` }),
    absent: org => ({ path: `/v1/orgs/${org}/tokens/${id}` }),
  },

  'GET /v1/orgs/{org}/trust-rules': {
    lets: 'admin',
    limited: 403,
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/trust-rules` }),
  },
  'POST /v1/orgs/{org}/trust-rules': {
    lets: 'admin',
    limited: 403,
    status: 201,
    call: org => ({ path: `/v1/orgs/${org}/trust-rules`, body: trustRule }),
  },
  'DELETE /v1/orgs/{org}/trust-rules/{id}': {
    lets: 'admin',
    limited: 403,
    status: 204,
    call: async org => ({ path: `/v1/orgs/${org}/trust-rules/${await ruleId(org)}` }),
    absent: org => ({ path: `/v1/orgs/${org}/trust-rules/${id}` }),
  },

  'GET /v1/orgs/{org}/registries': {
    lets: 'admin',
    limited: 403,
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/registries` }),
  },
  'PUT /v1/orgs/{org}/registries/{host}': {
    lets: 'admin',
    limited: 403,
    status: 204,
    call: org => ({ path: `/v1/orgs/${org}/registries/ghcr.io`, body: { username: 'u', password: 'p' } }),
  },
  'DELETE /v1/orgs/{org}/registries/{host}': {
    lets: 'admin',
    limited: 403,
    status: 404,
    call: org => ({ path: `/v1/orgs/${org}/registries/quay.io` }),
    absent: org => ({ path: `/v1/orgs/${org}/registries/quay.io` }),
  },

  ...policyRows,

  'POST /v1/orgs/{org}/exemptions': {
    lets: 'approve',
    status: 400,
    call: org => ({ path: `/v1/orgs/${org}/exemptions`, body: {} }),
  },
  'GET /v1/orgs/{org}/exemptions': {
    lets: 'evaluate',
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/exemptions` }),
  },
  'GET /v1/orgs/{org}/exemptions/{exemption}': {
    lets: 'evaluate',
    limited: 404,
    status: 200,
    call: async org => ({ path: `/v1/orgs/${org}/exemptions/${await exemptionId(org)}` }),
    absent: org => ({ path: `/v1/orgs/${org}/exemptions/${id}` }),
  },
  'DELETE /v1/orgs/{org}/exemptions/{exemption}': {
    lets: 'approve',
    limited: 404,
    status: 204,
    call: async org => ({ path: `/v1/orgs/${org}/exemptions/${await exemptionId(org)}` }),
    absent: org => ({ path: `/v1/orgs/${org}/exemptions/${id}` }),
  },

  'GET /v1/orgs/{org}/decisions': {
    lets: 'evaluate',
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/decisions` }),
  },
  'GET /v1/orgs/{org}/decisions/{decision}': {
    lets: 'evaluate',
    limited: 404,
    status: 200,
    call: async org => ({ path: `/v1/orgs/${org}/decisions/${await decisionId(org)}` }),
    absent: org => ({ path: `/v1/orgs/${org}/decisions/${id}` }),
  },

  'GET /v1/orgs/{org}/evidence': {
    lets: 'evaluate',
    limited: 403,
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/evidence` }),
  },
  'GET /v1/orgs/{org}/evidence/{digest}': {
    lets: 'evaluate',
    limited: 403,
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/evidence/${digest}` }),
  },
  'PUT /v1/orgs/{org}/evidence/{digest}': {
    lets: 'publish',
    limited: 403,
    status: 200,
    call: org => ({ path: `/v1/orgs/${org}/evidence/${digest}`, body: [report] }),
  },
  'DELETE /v1/orgs/{org}/evidence/{digest}': {
    lets: 'publish',
    limited: 403,
    status: 204,
    call: async org => ({ path: `/v1/orgs/${org}/evidence/${await storedSubject(org)}` }),
    absent: org => ({ path: `/v1/orgs/${org}/evidence/sha256:${'b'.repeat(64)}` }),
  },

  'POST /v1/evaluate': {
    lets: 'anyone',
    status: 200,
    call: () => ({ path: '/v1/evaluate', body: { policy: inline, images } }),
  },
  'POST /v1/batch': {
    lets: 'anyone',
    status: 200,
    call: () => ({ path: '/v1/batch', body: { policy: inline, submissions: { a: { images } } } }),
  },
  'POST /v1/check': {
    lets: 'anyone',
    status: 200,
    call: () => ({ path: '/v1/check', body: { policy: inline } }),
  },
};
