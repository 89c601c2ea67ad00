import type { BindingCheck } from '../deps.ts';
import { ref } from '../openapi/operation.ts';
import type { Route } from '../route.ts';

export const healthRoute: Route = {
  method: 'GET',
  path: '/health',
  access: 'anyone',
  operation: {
    id: 'health',
    summary: 'The state of the service',
    description: 'Asks each binding. The answer is 200 where all of them answer, 503 otherwise.',
    answers: {
      200: { description: 'Everything answers', content: { 'application/json': ref('Health') } },
      503: { description: 'Something does not answer', content: { 'application/json': ref('Health') } },
    },
    problems: [],
  },

  async handle(_context, { deps }) {
    const states = await Promise.all(deps.bindings.map(stateOf));
    const healthy = states.every(([, state]) => state === 'ok');
    return Response.json(
      { status: healthy ? 'ok' : 'degraded', version: deps.version, bindings: Object.fromEntries(states) },
      { status: healthy ? 200 : 503 },
    );
  },
};

/** Why a binding does not answer is for the log of the platform, not for whoever asks. */
async function stateOf({ name, check }: BindingCheck): Promise<[string, 'ok' | 'unavailable']> {
  try {
    await check();
    return [name, 'ok'];
  } catch {
    return [name, 'unavailable'];
  }
}
