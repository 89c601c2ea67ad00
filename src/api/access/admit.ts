import { chargeQuota, hashSecret, liveTrustRules, recordUse, tokenById } from '../../store/index.ts';
import { databaseOf } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import type { Access, RequestContext, RoleAccess } from '../route.ts';
import type { Services } from '../services.ts';
import { type CredentialRows, hasHash } from './authenticator.ts';
import { type Credential, readCredential } from './credential.ts';
import { may, mayAnywhere, type Principal } from './principal.ts';
import { refuseOverRate } from './rates.ts';
import { forbidden, notFound, unauthorized } from './refusals.ts';

/** Lets a request in to a route, and says who makes it; throws a ProblemError otherwise. */
export async function admit(access: Access, context: RequestContext, services: Services): Promise<void> {
  if (access === 'anyone' || access === 'decision') return;
  const credential = readCredential(context.req.header('authorization'));
  if (credential === undefined) throw unauthorized('this address needs a credential');
  if (access === 'operator') return admitOperator(credential, services);
  const org = context.req.param('org') ?? '';
  const policy = context.req.param('policy');
  const principal = await provePrincipal(credential, await readRows(credential, org, services), services);
  Object.assign(context.get('facts'), { org: principal.org, principal: principal.identity });
  refuseUnlessMay(principal, access, { org, ...(policy !== undefined && { policy }) });
  if (isChange(access, context)) await chargeChange(org, services);
  context.set('principal', principal);
}

/** Who makes the request; only where the route demands a role. */
export function principalOf(context: RequestContext): Principal {
  const principal = context.get('principal');
  if (principal === undefined) throw new Error('the route demands no role');
  return principal;
}

/**
 * Who makes a request with a credential, by what is stored of it; throws a ProblemError where it is not proven,
 * or asks too often. That a token was used is noted when the request has been answered.
 */
export async function provePrincipal(
  credential: Credential,
  rows: CredentialRows,
  { authenticator, deps }: Services,
): Promise<Principal> {
  const principal = await authenticator.prove(credential, rows);
  if (deps.rates !== undefined) await refuseOverRate(deps.rates, principal);
  if (rows.token !== undefined) deps.afterwards(recordUse(databaseOf(deps), rows.token, deps.now()));
  return principal;
}

function isChange({ role }: RoleAccess, { req }: RequestContext): boolean {
  return role !== 'evaluate' && req.method !== 'GET' && req.method !== 'HEAD';
}

/** Changes leave rows behind: nobody may fill the store with them. Counted also where they then fail. */
async function chargeChange(org: string, { deps }: Services): Promise<void> {
  await chargeQuota(databaseOf(deps), { org, kind: 'changes', amount: 1 }, deps.now());
}

async function admitOperator(credential: Credential, { deps }: Services): Promise<void> {
  if (deps.operatorToken === undefined)
    throw new ProblemError('not_configured', 'the deployment has no operator', {
      hint: 'set the secret PRATIQUE_OPERATOR_TOKEN',
    });
  const isOperator =
    credential.kind === 'operator' &&
    (await hasHash(credential.secret, await hashSecret(deps.operatorToken)));
  if (!isOperator) throw unauthorized('this address needs the token of the operator');
}

async function readRows(credential: Credential, org: string, { deps }: Services): Promise<CredentialRows> {
  const database = databaseOf(deps);
  if (credential.kind === 'token') {
    const [row] = await tokenById(database, credential.id);
    return row ?? {};
  }
  if (credential.kind === 'operator') return {};
  const rows = await liveTrustRules(database, org);
  return { trustRules: rows.map(({ rule }) => rule) };
}

/** Of another organisation, or a policy that its grants do not name, a principal learns nothing. */
function refuseUnlessMay(
  principal: Principal,
  { role, forSomePolicies }: RoleAccess,
  target: { readonly org: string; readonly policy?: string },
): void {
  if (may(principal, role, target)) return;
  if (principal.org !== target.org) throw notFound();
  if (!mayAnywhere(principal, role)) throw forbidden(`this needs the role ${role}`);
  if (target.policy !== undefined) throw notFound();
  if (forSomePolicies !== true)
    throw forbidden('this is for the organisation as a whole; the credential is for some of its policies');
}
