import { allowsHost } from './host-pattern.ts';
import { refuse } from './look-up-error.ts';
import type { Outside } from './outside.ts';
import { isAddress, isPublicAddress, isPublicName } from './public-address.ts';

/**
 * The addresses at which a URL may be asked; undefined where names cannot be resolved here. Throws a
 * LookUpError unless the URL is of https, without credentials, its host and port allowed by the patterns,
 * and every address of the host public, or the host one of the deployment's `privateHosts`.
 */
export async function admitUrl(
  outside: Outside,
  url: URL,
  hosts: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  if (url.protocol !== 'https:') refuse(`only https is asked, not ${url.protocol.slice(0, -1)}`);
  if (url.username !== '' || url.password !== '') refuse('a URL with credentials is not asked');
  const host = hostOf(url);
  if (!allowsHost(hosts, host, portOf(url))) refuse(notAllowed(url.host));
  return addressesOf(outside, host, signal);
}

/**
 * The addresses of the host of a URL that is not a policy's to choose; undefined where names cannot be
 * resolved here. Throws a LookUpError unless every address is public, or the host one of the deployment's
 * `privateHosts`.
 */
export function admitHost(outside: Outside, url: URL, signal: AbortSignal) {
  return addressesOf(outside, hostOf(url), signal);
}

/** The addresses of a name that a policy asks for; throws a LookUpError where it may not, or there are none. */
export async function admitName(
  outside: Outside,
  name: string,
  hosts: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const host = withoutDot(name.toLowerCase());
  if (!allowsHost(hosts, host)) refuse(notAllowed(name));
  return (await addressesOf(outside, host, signal)) ?? refuse('names cannot be looked up here');
}

/** The host of a URL as patterns have it: the parser has put it in lower case and its one usual form. */
export function hostOf(url: URL): string {
  return withoutDot(url.hostname);
}

/** The port of a URL of http or https. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'http:' ? 80 : 443;
}

/** Whether a host may be asked by its name or address alone, before anything is looked up. */
export function mayBeAsked({ privateHosts }: Outside, host: string): boolean {
  if (privateHosts?.includes(host)) return true;
  const literal = host.startsWith('[') ? host.slice(1, -1) : host;
  return isAddress(literal) ? isPublicAddress(literal) : isPublicName(host);
}

async function addressesOf(outside: Outside, host: string, signal: AbortSignal) {
  const allowed = outside.privateHosts?.includes(host) ?? false;
  const literal = host.startsWith('[') ? host.slice(1, -1) : host;
  if (!mayBeAsked(outside, host)) refuse(notPublic(host));
  if (isAddress(literal)) return [literal];
  const addresses = await outside.lookup?.(host, signal);
  if (addresses?.length === 0) refuse(`${host} has no address`);
  if (!allowed && addresses?.some(address => !isPublicAddress(address))) refuse(notPublic(host));
  return addresses;
}

function withoutDot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}

function notAllowed(host: string): string {
  return `the policy set does not allow the host ${JSON.stringify(host)}`;
}

function notPublic(host: string): string {
  return `${host} is not a host of the public internet`;
}
