import type { MiddlewareHandler } from 'hono';
import type { AppEnvironment } from '../environment.ts';

/** Gives the request an id, or keeps the one it came with, and answers with it. */
export function requestId(): MiddlewareHandler<AppEnvironment> {
  return async (context, next) => {
    const sent = context.req.header('x-request-id');
    const id = sent !== undefined && /^[\w.-]{1,100}$/u.test(sent) ? sent : crypto.randomUUID();
    context.set('requestId', id);
    await next();
    context.header('x-request-id', id);
  };
}
