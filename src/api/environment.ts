import type { Principal } from './access/principal.ts';

/** What a request carries through the middleware, beside itself. */
export interface AppEnvironment {
  Variables: {
    requestId: string;
    /** What the log says of the request beyond its status and time. */
    facts: Record<string, unknown>;
    /** Who makes the request; set where the route demands a role. */
    principal?: Principal;
  };
}
