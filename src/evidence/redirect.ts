import { refuse } from './look-up-error.ts';
import type { OutsideRequest, OutsideResponse } from './outside.ts';

/** One request of a chain of redirects. */
export type Hop = Omit<OutsideRequest, 'signal' | 'addresses'>;

/** After these a request is made again as it was; after 301, 302 and 303 with GET and no body. */
const repeating: ReadonlySet<number> = new Set([307, 308]);
const turning: ReadonlySet<number> = new Set([301, 302, 303]);

/** All that another origin may be told: any other header may hold a secret. */
const harmless: readonly string[] = ['accept', 'accept-language', 'content-type', 'user-agent'];

/** The request that a response asks for; undefined where it is no redirect. */
export function redirected(hop: Hop, response: OutsideResponse): Hop | undefined {
  const { status } = response;
  const location = response.headers.get('location');
  if (location === null || !(repeating.has(status) || turning.has(status))) return undefined;
  const url = URL.parse(location, hop.url.href) ?? refuse('a redirect to a URL that is not valid');
  const headers = url.origin === hop.url.origin ? new Headers(hop.headers) : harmlessOf(hop.headers);
  const { method, body } = hop;
  if (repeating.has(status) || method === 'HEAD')
    return { url, method, headers, ...(body !== undefined && { body }) };
  headers.delete('content-type');
  return { url, method: 'GET', headers };
}

function harmlessOf(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => harmless.includes(name)));
}
