import { Hono } from 'hono';
import { exceedsQuota } from '../store/index.ts';
import { admit } from './access/admit.ts';
import { Authenticator } from './access/authenticator.ts';
import { IdentityVerifier } from './access/identity.ts';
import { IssuerKeys } from './access/issuer-keys.ts';
import { quotaExceeded } from './access/quota.ts';
import { OrganisationPolicies } from './deciding/organisation-policies.ts';
import { OrganisationRegistries } from './deciding/organisation-registry.ts';
import { DecisionLog } from './decision-log/decision-log.ts';
import type { AppDeps } from './deps.ts';
import type { AppEnvironment } from './environment.ts';
import { Metrics } from './metrics.ts';
import { observe } from './middleware/observe.ts';
import { requestId } from './middleware/request-id.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { Policies } from './policies.ts';
import { ProblemError, problemOf } from './problem.ts';
import { refusal } from './refusal.ts';
import type { Route } from './route.ts';
import { routes } from './routes/index.ts';
import type { Services } from './services.ts';

/** The service over HTTP: middleware, routes, and a problem for everything that goes wrong. */
export function createApp(deps: AppDeps): Hono<AppEnvironment> {
  const metrics = new Metrics();
  const decisionLog = new DecisionLog(deps, metrics);
  const services = {
    deps,
    metrics,
    decisionLog,
    policies: new Policies(deps),
    organisationPolicies: new OrganisationPolicies(deps),
    organisationRegistries: new OrganisationRegistries(deps),
    authenticator: authenticatorOf(deps),
  };
  const app = new Hono<AppEnvironment>({ strict: false });
  app.use(requestId(), observe(deps, metrics), securityHeaders());
  for (const route of routes) register(app, route, services);
  for (const [path, methods] of methodsByPath(routes)) {
    app.all(honoPath(path), context => refusal(context, otherMethod(methods)));
  }
  app.notFound(context => refusal(context, nothingAt(context.req.path)));
  app.onError((error, context) => {
    const { code } = problemOf(error);
    Object.assign(context.get('facts'), {
      code,
      ...(code === 'internal_error' && { error: traceOf(error) }),
      ...(error.cause instanceof Error && { reason: error.cause.message }),
    });
    return refusal(context, error);
  });
  return app;
}

function nothingAt(path: string): ProblemError {
  const available = routes.map(route => `${route.method} ${route.path}`);
  return new ProblemError('not_found', `there is nothing at ${path}`, { available });
}

function register(app: Hono<AppEnvironment>, route: Route, services: Services): void {
  app.on(route.method, honoPath(route.path), context =>
    quotaRefused(services, async () => {
      await admit(route.access, context, services);
      return route.handle(context, services);
    }),
  );
}

/** What is answered; a change that would exceed a quota is a problem. */
async function quotaRefused({ deps }: Services, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    throw exceedsQuota(error) ? quotaExceeded(deps.now()) : error;
  }
}

/** `{name}` as Hono has it: `:name`; `{name*}` is all that is left of a path. */
function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)(\*?)\}/gu, (_, name, rest) => (rest ? `:${name}{.+}` : `:${name}`));
}

function authenticatorOf({ outside, now }: AppDeps): Authenticator {
  const keys = outside && new IssuerKeys(outside);
  return new Authenticator(new IdentityVerifier(keys, now), now);
}

function methodsByPath(list: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, readonly string[]>();
  for (const { path, method } of list) methods.set(path, [...(methods.get(path) ?? []), method]);
  return methods;
}

function otherMethod(methods: readonly string[]): ProblemError {
  const allow = methods.join(', ');
  return new ProblemError(
    'method_not_allowed',
    `this address answers ${allow}`,
    { available: methods },
    { allow },
  );
}

/** Where an unexpected error came from; its message is left out, as it may quote what was sent. */
function traceOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /u.test(line));
  return [error.name, ...frames.map(line => line.trim())].join(' ');
}
