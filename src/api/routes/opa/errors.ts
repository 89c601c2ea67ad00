import { opaErrorOf } from '../../opa/index.ts';
import type { RequestContext, Route } from '../../route.ts';
import type { Services } from '../../services.ts';

/** The handler with its problems as OPA's errors, for clients that read no others. */
export function asOpa(
  handle: (context: RequestContext, services: Services) => Promise<Response>,
): Route['handle'] {
  return async (context, services) => {
    try {
      return await handle(context, services);
    } catch (error) {
      const failure = opaErrorOf(error);
      Object.assign(context.get('facts'), { code: failure.code });
      return failure.response();
    }
  };
}
