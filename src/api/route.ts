import type { Context } from 'hono';
import type { Role } from '../store/index.ts';
import type { AppEnvironment } from './environment.ts';
import type { Operation } from './openapi/operation.ts';
import type { Services } from './services.ts';

export type RequestContext = Context<AppEnvironment>;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call a route. `decision`: the handler finds out who it is, by what the store read for the decision.
 * A role is one in the organisation that the path names as `{org}`, for the policy that it names as
 * `{policy}`.
 */
export type Access = 'anyone' | 'operator' | 'decision' | RoleAccess;

export interface RoleAccess {
  readonly role: Role;
  /**
   * Where the path names no policy: lets in who has the role for some policies only. The handler then looks
   * at each policy itself, by `may` or `policiesFor`.
   */
  readonly forSomePolicies?: true;
}

/** One address and method: what it does, and how the reference describes it. */
export interface Route {
  readonly method: Method;
  /** With parameters as OpenAPI has them: `/v1/orgs/{org}/policies/{policy}`. */
  readonly path: string;
  readonly access: Access;
  readonly operation: Operation;
  readonly handle: (context: RequestContext, services: Services) => Response | Promise<Response>;
}
