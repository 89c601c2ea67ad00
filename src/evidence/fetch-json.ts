import { type Json, parseJson, toJson } from '../values/index.ts';
import { admitHost, hostOf, portOf } from './admission.ts';
import { readBody } from './body.ts';
import { LookUpError, refuse } from './look-up-error.ts';
import type { Outside } from './outside.ts';
import { withTimeout } from './time-limit.ts';

const longest = 512 * 1024;
const timeout = 5_000;
const httpsPort = 443;

/**
 * The JSON at a URL of https, by one request that follows no redirect. Throws a LookUpError where the host is
 * not public, nor a private one that the deployment names, where it answers anything but 200, or no JSON.
 */
export function fetchJson(outside: Outside, url: URL): Promise<Json> {
  return withTimeout(new AbortController().signal, timeout, async signal => {
    const addresses = await admit(outside, url, signal);
    const headers = new Headers({ accept: 'application/json', 'user-agent': 'pratique' });
    const request = { url, method: 'GET', headers, signal, ...(addresses !== undefined && { addresses }) };
    const { status, body } = await outside.fetch(request);
    if (status !== 200) {
      await body?.cancel();
      throw new LookUpError(`${url.host} answered ${status}`, status >= 500);
    }
    return parse(await readBody(body, { bytes: longest, of: longest }, longest), url);
  });
}

function admit(outside: Outside, url: URL, signal: AbortSignal) {
  if (url.protocol !== 'https:') refuse(`only https is asked, not ${url.protocol.slice(0, -1)}`);
  if (url.username !== '' || url.password !== '') refuse('a URL with credentials is not asked');
  if (portOf(url) !== httpsPort && !outside.privateHosts?.includes(hostOf(url)))
    refuse(`${url.host} is not asked: its port is not ${httpsPort}`);
  return admitHost(outside, url, signal);
}

function parse(bytes: Uint8Array, url: URL): Json {
  try {
    return toJson(parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return refuse(`${url.host} answered no JSON`);
  }
}
