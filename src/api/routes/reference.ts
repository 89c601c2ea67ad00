import { openApiDocument } from '../openapi/document.ts';
import { referencePage } from '../openapi/page.ts';
import type { Route } from '../route.ts';

/** `/openapi.json` and `/docs`, which describe the given routes and themselves. */
export function referenceRoutes(described: readonly Route[]): readonly Route[] {
  const openapi: Route = {
    method: 'GET',
    path: '/openapi.json',
    access: 'anyone',
    operation: {
      id: 'openapi',
      summary: 'This reference as OpenAPI 3.1',
      description: 'Made from the schemas that validate requests.',
      answers: { 200: { description: 'OpenAPI 3.1', content: { 'application/json': { type: 'object' } } } },
      problems: [],
    },
    handle: (_context, { deps }) => Response.json(openApiDocument(all, deps.version)),
  };
  const docs: Route = {
    method: 'GET',
    path: '/docs',
    access: 'anyone',
    operation: {
      id: 'docs',
      summary: 'This reference as a page',
      description: 'One page without scripts that loads nothing else.',
      answers: { 200: { description: 'HTML', content: { 'text/html': { type: 'string' } } } },
      problems: [],
    },
    handle: () =>
      new Response(referencePage(all), {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        },
      }),
  };
  const all = [...described, openapi, docs];
  return [openapi, docs];
}
