import { lookup } from 'node:dns/promises';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIPv6, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type Fetch, type Lookup, type Outside, toHost, toHostPattern } from '../evidence/index.ts';
import type { Arguments, Option } from './options.ts';
import { UsageError } from './usage-error.ts';

/** What a command that asks the outside takes for it. */
export const outsideOptions: readonly Option[] = [
  {
    name: 'allow-host',
    value: 'HOST',
    help: 'host that policies may ask over https, beside those of policy.yaml; repeatable',
  },
  {
    name: 'allow-private-host',
    value: 'HOST',
    help: 'host that may be asked although its address is private; repeatable',
  },
];

/** The outside by Node: names are looked up first, and only the addresses that were checked are connected to. */
export function outsideOf(args: Arguments): Outside {
  return {
    fetch: fetchPinned,
    lookup: lookUp,
    clock: () => performance.now(),
    privateHosts: hostsOf(args, 'allow-private-host', toHost),
  };
}

/** Hosts that all policies of this run may reach. */
export function allowedHosts(args: Arguments): readonly string[] {
  return hostsOf(args, 'allow-host', toHostPattern);
}

/** The hosts of an option; throws a UsageError where one of them is none. */
export function hostsOf(args: Arguments, option: string, read: (text: string) => string | undefined) {
  return (args.options.get(option) ?? []).map(text => {
    const host = read(text);
    if (host !== undefined) return host;
    throw new UsageError(`--${option} ${JSON.stringify(text)} is no host`, 'for instance api.acme.io');
  });
}

export const lookUp: Lookup = async name => {
  const found = await lookup(name, { all: true });
  return found.map(({ address }) => address);
};

/** Node's `fetch` resolves names anew, so that what was checked might not be what is connected to. */
export const fetchPinned: Fetch = ({ url, method, headers, body, signal, addresses }) =>
  new Promise((resolve, reject) => {
    const request = url.protocol === 'http:' ? requestPlain : requestSecure;
    const sent = request(url, {
      method,
      signal,
      headers: { ...Object.fromEntries(headers), 'accept-encoding': 'identity' },
      agent: false,
      ...(addresses !== undefined && { lookup: answering(addresses) }),
    });
    sent.on('error', reject);
    sent.on('response', response => {
      resolve({
        status: response.statusCode ?? 0,
        statusText: response.statusMessage ?? '',
        headers: toHeaders(response.headersDistinct),
        body: Readable.toWeb(response) as ReadableStream<Uint8Array>,
      });
    });
    sent.end(body);
  });

/** Answers every name with addresses that are known. */
function answering(addresses: readonly string[]): LookupFunction {
  const known = addresses.map(address => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_name, options, found) => {
    if (options.all === true) found(null, known);
    else found(null, known[0]!.address, known[0]!.family);
  };
}

function toHeaders(distinct: NodeJS.Dict<string[]>): Headers {
  const headers = new Headers();
  for (const [name, texts = []] of Object.entries(distinct))
    for (const text of texts) headers.append(name, text);
  return headers;
}
