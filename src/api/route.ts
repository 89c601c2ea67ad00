import type { Context } from 'hono';
import type { AppEnvironment } from './environment.ts';
import type { Operation } from './openapi/operation.ts';
import type { Services } from './services.ts';

export type RequestContext = Context<AppEnvironment>;

/** One address and method: what it does, and how the reference describes it. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly operation: Operation;
  readonly handle: (context: RequestContext, services: Services) => Response | Promise<Response>;
}
