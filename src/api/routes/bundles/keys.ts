import { listSigningKeys, type StoredSigningKey } from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import type { Route } from '../../route.ts';
import { toTime } from '../../time.ts';
import { publicParts, readSigningKey, replaceSigningKey } from './signing.ts';

const path = '/v1/orgs/{org}/keys';

const listRoute: Route = {
  method: 'GET',
  path,
  access: { role: 'evaluate', forSomePolicies: true },
  operation: {
    id: 'listSigningKeys',
    summary: 'Keys that bundles are verified by',
    description:
      'The public keys of the organisation, the one that signs first, then those that it took the place of. The bundles that ' +
      'its callers pull are signed by it, those of policies of others too.',
    answers: { 200: { description: 'All of them', content: { 'application/json': ref('SigningKeyList') } } },
    problems: [],
  },

  async handle(context, { deps }) {
    const principal = principalOf(context);
    await readSigningKey(deps, principal);
    const keys = await listSigningKeys(databaseOf(deps), principal.org);
    return Response.json({ items: await Promise.all(keys.map(shown)) });
  },
};

const rotateRoute: Route = {
  method: 'POST',
  path,
  access: { role: 'admin' },
  operation: {
    id: 'rotateSigningKey',
    summary: 'Sign bundles by another key',
    description:
      'From now on. Give its public part to whoever verifies bundles before they pull the next one.',
    answers: {
      201: { description: 'The key that signs now', content: { 'application/json': ref('SigningKey') } },
    },
    problems: [],
  },

  async handle(context, { deps }) {
    const key = await replaceSigningKey(deps, principalOf(context));
    return Response.json(await shown(key), { status: 201 });
  },
};

export const keyRoutes: readonly Route[] = [listRoute, rotateRoute];

async function shown(key: StoredSigningKey) {
  return {
    ...(await publicParts(key)),
    created_at: toTime(key.createdAt),
    ...(key.retiredAt !== null && { retired_at: toTime(key.retiredAt) }),
  };
}
