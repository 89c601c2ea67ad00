import type { Route } from '../route.ts';

export const metricsRoute: Route = {
  method: 'GET',
  path: '/metrics',
  access: 'anyone',
  operation: {
    id: 'metrics',
    summary: 'Counters for Prometheus',
    description: 'Requests, decisions and durations of this isolate since it began.',
    answers: { 200: { description: 'Text format', content: { 'text/plain': { type: 'string' } } } },
    problems: [],
  },

  handle(_context, { metrics }) {
    return new Response(metrics.render(), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    });
  },
};
