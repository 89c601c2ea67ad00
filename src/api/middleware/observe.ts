import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { AppDeps } from '../deps.ts';
import type { AppEnvironment } from '../environment.ts';
import type { Metrics } from '../metrics.ts';

/**
 * Writes one line of JSON for each request, and counts it. The line has the route and not the address,
 * so that nothing from a query string is in it; never a body, a header or a token.
 */
export function observe(deps: AppDeps, metrics: Metrics): MiddlewareHandler<AppEnvironment> {
  return async (context, next) => {
    const started = deps.clock();
    context.set('facts', {});
    await next();
    const { status } = context.res;
    const seconds = (deps.clock() - started) / 1e6;
    const route = routePath(context, -1);
    metrics.request(context.req.method, route, status, seconds);
    const line = {
      time: new Date(deps.now()).toISOString(),
      level: status >= 500 ? 'error' : 'info',
      request_id: context.get('requestId'),
      method: context.req.method,
      route,
      status,
      duration_ms: Math.round(seconds * 1e6) / 1e3,
      ...context.get('facts'),
    };
    deps.log(JSON.stringify(line));
  };
}
