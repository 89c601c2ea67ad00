import { hashSecret, liveTrustRules, recordUse, type StoredToken, tokenById } from '../../store/index.ts';
import { databaseOf } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import type { Access, RequestContext, RoleAccess } from '../route.ts';
import type { Services } from '../services.ts';
import { type CredentialRows, hasHash } from './authenticator.ts';
import { type Credential, readCredential } from './credential.ts';
import { may, mayAnywhere, type Principal } from './principal.ts';
import { forbidden, notFound, unauthorized } from './refusals.ts';

/** Lets a request in to a route, and says who makes it; throws a ProblemError otherwise. */
export async function admit(access: Access, context: RequestContext, services: Services): Promise<void> {
  if (access === 'anyone' || access === 'decision') return;
  const credential = readCredential(context.req.header('authorization'));
  if (credential === undefined) throw unauthorized('this address needs a credential');
  if (access === 'operator') return admitOperator(credential, services);
  const org = context.req.param('org') ?? '';
  const policy = context.req.param('policy');
  const principal = await provePrincipal(credential, org, services);
  Object.assign(context.get('facts'), { org: principal.org, principal: principal.identity });
  refuseUnlessMay(principal, access, { org, ...(policy !== undefined && { policy }) });
  context.set('principal', principal);
}

/** Who makes the request; only where the route demands a role. */
export function principalOf(context: RequestContext): Principal {
  const principal = context.get('principal');
  if (principal === undefined) throw new Error('the route demands no role');
  return principal;
}

/** Notes that a token was used, when the request is answered. */
export function noteUse(services: Services, token: StoredToken | undefined): void {
  const { afterwards, database, now } = services.deps;
  if (token !== undefined && database !== undefined) afterwards(recordUse(database, token, now()));
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

async function provePrincipal(credential: Credential, org: string, services: Services): Promise<Principal> {
  if (credential.kind === 'operator')
    throw unauthorized('the credential is neither a token nor the identity of a CI job');
  const rows = await readRows(credential, org, services);
  const principal = await services.authenticator.prove(credential, rows);
  noteUse(services, rows.token);
  return principal;
}

async function readRows(credential: Credential, org: string, { deps }: Services): Promise<CredentialRows> {
  const database = databaseOf(deps);
  if (credential.kind === 'token') {
    const [row] = await tokenById(database, credential.id);
    return row ?? {};
  }
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
