import { findDecision, listDecisions, readDecisions, type StoredDecision } from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { notFound } from '../../access/refusals.ts';
import { seenPolicies } from '../../deciding/sight.ts';
import { toOpaEvent } from '../../decision-log/opa-event.ts';
import { recordOf, summaryOf } from '../../decision-log/stored-record.ts';
import { type AppDeps, databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { findPage, pageParameters } from '../../requests/page.ts';
import type { Route } from '../../route.ts';
import { type DecisionSearch, readSearch, searchParameters } from './query.ts';

const listRoute: Route = {
  method: 'GET',
  path: '/v1/orgs/{org}/decisions',
  access: { role: 'evaluate', forSomePolicies: true },
  operation: {
    id: 'listDecisions',
    summary: 'Search the decision log',
    description:
      'The newest first. A decision is there some seconds after it was answered. As `ndjson` and `opa` the answer ' +
      'has whole records; the header `link` leads to the next page.',
    parameters: [...searchParameters, ...pageParameters],
    answers: {
      200: {
        description: 'A page',
        content: {
          'application/json': ref('DecisionList'),
          'application/x-ndjson': { type: 'string', description: 'A JSON text on each line' },
        },
      },
    },
    problems: ['invalid_query'],
  },

  async handle(context, { deps }) {
    const url = new URL(context.req.url);
    const search = readSearch(url.searchParams, principalOf(context));
    const { items, next } = await findPage(
      search.page,
      page => listDecisions(databaseOf(deps), { ...search.query, ...page }),
      ({ id }) => id,
    );
    if (search.format === 'json')
      return Response.json({ items: items.map(summaryOf), ...(next !== undefined && { next }) });
    const ids = items.map(({ id }) => id);
    return new Response(await exported(deps, search, ids), {
      headers: {
        'content-type': 'application/x-ndjson; charset=utf-8',
        ...(next !== undefined && { link: `<${addressAfter(url, next)}>; rel="next"` }),
      },
    });
  },
};

const readRoute: Route = {
  method: 'GET',
  path: '/v1/orgs/{org}/decisions/{decision}',
  access: { role: 'evaluate', forSomePolicies: true },
  operation: {
    id: 'getDecision',
    summary: 'One decision',
    description: 'All that is kept of it: verdict, evidence, and the input or its digest alone.',
    answers: { 200: { description: 'The record', content: { 'application/json': ref('DecisionRecord') } } },
    problems: [],
  },

  async handle(context, { deps }) {
    const principal = principalOf(context);
    const found = await findDecision(databaseOf(deps), context.req.param('decision') ?? '', {
      org: principal.org,
      seen: seenPolicies(principal),
    });
    if (found === undefined) throw notFound();
    return Response.json(recordOf(found));
  },
};

export const decisionRoutes: readonly Route[] = [listRoute, readRoute];

/** Records read at a time: each may be large. */
const readAtOnce = 20;

async function exported(deps: AppDeps, { query, format }: DecisionSearch, ids: readonly string[]) {
  const toLine = (decision: StoredDecision) =>
    `${JSON.stringify(format === 'opa' ? toOpaEvent(decision, deps.version) : recordOf(decision))}\n`;
  const open = [...ids];
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (open.length === 0) return controller.close();
      const decisions = await readDecisions(databaseOf(deps), query.org, open.splice(0, readAtOnce));
      controller.enqueue(encoder.encode(decisions.map(toLine).join('')));
    },
  });
}

function addressAfter(url: URL, next: string): string {
  const address = new URL(url);
  address.searchParams.set('after', next);
  return address.pathname + address.search;
}
