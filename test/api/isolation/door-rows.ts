import { publish } from '../published.ts';
import type { Call } from './rows.ts';

/** A route whose clients read no problems: the refusal is in an answer of their own form. */
export interface DoorRow {
  readonly call: (org: string) => Promise<Call>;
  /** Whether an answer lets nobody in, and tells nothing. */
  readonly refuses: (status: number, text: string) => boolean;
}

const published = new Map<string, Promise<number>>();

/** The address of a door for a policy that is there. */
async function door(org: string, write: (policy: string) => string): Promise<string> {
  const made = published.get(org) ?? publish(`${org}/door`, 'package door\n\ndeny tag "latest"\n');
  published.set(org, made);
  await made;
  return write(`${org}/door`);
}

/** So that nobody asks a registry. */
const pinned = `registry.acme.io/team/api@sha256:${'a'.repeat(64)}`;

const provider = {
  apiVersion: 'externaldata.gatekeeper.sh/v1beta1',
  kind: 'ProviderRequest',
  request: { keys: [pinned] },
};
const review = {
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: {
    uid: 'u1',
    operation: 'CREATE',
    object: { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'web', image: pinned }] } },
  },
};
const data = { input: { images: [] } };

const isSystemError: DoorRow['refuses'] = (status, text) => {
  const { response } = JSON.parse(text);
  return status === 200 && response.items.length === 0 && response.systemError !== '';
};
const isDenial: DoorRow['refuses'] = (status, text) =>
  status === 200 && JSON.parse(text).response.allowed === false;
const isOpaError: DoorRow['refuses'] = (status, text) =>
  [401, 403, 404].includes(status) && ['unauthorized', 'resource_not_found'].includes(JSON.parse(text).code);
const isProblem: DoorRow['refuses'] = (status, text) =>
  [401, 403, 404].includes(status) && typeof JSON.parse(text).code === 'string';

function row(write: (policy: string) => string, refuses: DoorRow['refuses'], body?: unknown): DoorRow {
  return {
    refuses,
    call: async org => ({ path: await door(org, write), ...(body !== undefined && { body }) }),
  };
}

/** With the token in the path the header does not count: what is sent here is no token. */
const token = `pqt_${'0'.repeat(16)}_${'A'.repeat(43)}`;

export const doorRows: Readonly<Record<string, DoorRow>> = {
  'POST /gatekeeper/{org}/{policy}/validate': row(p => `/gatekeeper/${p}/validate`, isSystemError, provider),
  'POST /gatekeeper/{org}/{policy}/mutate': row(p => `/gatekeeper/${p}/mutate`, isSystemError, provider),
  'POST /admission/{org}/{policy}/validate': row(p => `/admission/${p}/validate`, isDenial, review),
  'POST /admission/{org}/{policy}/mutate': row(p => `/admission/${p}/mutate`, isDenial, review),
  'GET /kubernetes/{org}/{policy}/install.yaml': row(p => `/kubernetes/${p}/install.yaml`, isProblem),
  'GET /opa/{org}/{policy}/v1/data': row(p => `/opa/${p}/v1/data`, isOpaError),
  'GET /opa/{org}/{policy}/v1/data/{path*}': row(p => `/opa/${p}/v1/data/door`, isOpaError),
  'POST /opa/{org}/{policy}/v1/data': row(p => `/opa/${p}/v1/data`, isOpaError, data),
  'POST /opa/{org}/{policy}/v1/data/{path*}': row(p => `/opa/${p}/v1/data/door`, isOpaError, data),
  'POST /opa/{org}/{policy}/v0/data': row(p => `/opa/${p}/v0/data`, isOpaError, data),
  'POST /opa/{org}/{policy}/v0/data/{path*}': row(p => `/opa/${p}/v0/data/door`, isOpaError, data),
  'POST /opa/{org}/{policy}': row(p => `/opa/${p}`, isOpaError, data),
  'GET /opa/{org}/{policy}/v1/policies': row(p => `/opa/${p}/v1/policies`, isOpaError),
  'GET /opa/{org}/{policy}/v1/policies/{path*}': row(p => `/opa/${p}/v1/policies/x`, isOpaError),
};

export const tokenDoorRows: Readonly<Record<string, DoorRow>> = {
  'POST /gatekeeper/{org}/{policy}/validate/{token}': row(
    p => `/gatekeeper/${p}/validate/${token}`,
    isSystemError,
    provider,
  ),
  'POST /gatekeeper/{org}/{policy}/mutate/{token}': row(
    p => `/gatekeeper/${p}/mutate/${token}`,
    isSystemError,
    provider,
  ),
  'POST /admission/{org}/{policy}/validate/{token}': row(
    p => `/admission/${p}/validate/${token}`,
    isDenial,
    review,
  ),
  'POST /admission/{org}/{policy}/mutate/{token}': row(
    p => `/admission/${p}/mutate/${token}`,
    isDenial,
    review,
  ),
};
