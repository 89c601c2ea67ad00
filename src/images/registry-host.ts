import { defaultDomain, legacyDefaultDomain } from './normalize.ts';

/** Host names under which the default registry answers; what one serves the others serve too. */
const defaultHosts: ReadonlySet<string> = new Set([
  defaultDomain,
  legacyDefaultDomain,
  'registry-1.docker.io',
  'registry.hub.docker.com',
]);

/**
 * The registry as patterns compare it: in lower case, without the port that HTTPS has anyway, and the
 * default registry under one name, however it is reached. Names of references stay as distribution/reference
 * has them.
 */
export function canonicalRegistry(registry: string): string {
  const host = plainRegistry(registry);
  return defaultHosts.has(host) ? defaultDomain : host;
}

/** The same, but for the names of the default registry. */
export function plainRegistry(registry: string): string {
  const lower = registry.toLowerCase();
  const port = /:(\d+)$/.exec(lower);
  if (port === null || lower.endsWith(']')) return lower;
  const host = lower.slice(0, port.index);
  const number = port[1]!.replace(/^0+(?=\d)/, '');
  return number === HTTPS ? host : `${host}:${number}`;
}

/** The port that is meant where none is written. */
export const HTTPS = '443';
