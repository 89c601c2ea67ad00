import { fromJson, isArray, isObject, type Json, type Value } from '../values/index.ts';
import { readBody } from './body.ts';
import { refuse } from './look-up-error.ts';
import type { Fetch, Lookup } from './outside.ts';

const longestAnswer = 64 * 1024;

/** Record types of RFC 1035 and RFC 3596. */
const types: ReadonlyMap<string, number> = new Map([
  ['A', 1],
  ['AAAA', 28],
]);

const noError = 0;
const noSuchName = 3;

/**
 * Looks names up at a resolver of DNS over HTTPS that answers in JSON (`application/dns-json`), for places
 * that have no resolver of their own. The server is the deployment's own choice and not checked as the
 * hosts of policies are.
 */
export function dnsOverHttps(fetch: Fetch, server: URL): Lookup {
  return async (name, signal) => {
    const addresses: string[] = [];
    for (const [type, number] of types) {
      const url = new URL(server);
      url.searchParams.set('name', name);
      url.searchParams.set('type', type);
      const headers = new Headers({ accept: 'application/dns-json' });
      const { status, body } = await fetch({ url, method: 'GET', headers, signal });
      const bytes = await readBody(body, { bytes: longestAnswer }, longestAnswer);
      if (status !== 200) refuse(`the resolver of names answered ${status}`);
      addresses.push(...addressesOf(parse(bytes), number));
    }
    return addresses;
  };
}

function parse(bytes: Uint8Array): Value {
  try {
    return fromJson(JSON.parse(new TextDecoder().decode(bytes)) as Json);
  } catch {
    return refuse('the resolver of names answered no JSON');
  }
}

function addressesOf(answer: Value, type: number): readonly string[] {
  const code = isObject(answer) ? answer.get('Status') : undefined;
  if (!isObject(answer) || (code !== noError && code !== noSuchName))
    return refuse('the resolver of names could not answer');
  const records = answer.get('Answer') ?? [];
  if (!isArray(records)) return refuse('the resolver of names could not answer');
  return records.flatMap(record => {
    if (!isObject(record) || record.get('type') !== type) return [];
    const data = record.get('data');
    return typeof data === 'string' ? [data] : [];
  });
}
