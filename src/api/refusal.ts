import { failureOf } from './kubernetes/failure.ts';
import { providerResponse } from './kubernetes/provider.ts';
import { reviewRefusal } from './kubernetes/review-refusal.ts';
import { opaRefusal } from './opa/index.ts';
import { problemOf, problemResponse } from './problem.ts';
import { problemText, wantsText } from './problem-text.ts';
import type { RequestContext } from './route.ts';

/**
 * What is answered to a request that goes wrong, in the form that the clients of its address read: clusters take
 * any other JSON for an empty answer, and an empty answer for an allow.
 */
export function refusal(context: RequestContext, thrown: unknown): Response | Promise<Response> {
  switch (doorOf(context.req.path)) {
    case 'gatekeeper':
      return providerResponse({ items: [], systemError: failureOf(thrown, context).message });
    case 'admission':
      return reviewRefusal(context, thrown);
    case 'opa':
      return opaRefusal(context.req.raw, thrown);
    default:
      return wantsText(context.req.raw) ? textResponse(thrown) : problemResponse(thrown);
  }
}

/** The first name of a path, however many slashes stand before it: bases of addresses end with one now and then. */
function doorOf(path: string): string | undefined {
  return path
    .split('/')
    .find(name => name !== '')
    ?.toLowerCase();
}

/** For people, as they asked for it; `code` and status are those of the problem. */
function textResponse(thrown: unknown): Response {
  const { status, headers } = problemResponse(thrown);
  headers.set('content-type', 'text/plain; charset=utf-8');
  return new Response(problemText(problemOf(thrown)), { status, headers });
}
