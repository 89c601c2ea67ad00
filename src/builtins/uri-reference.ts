import { parseAddress } from './address.ts';
import { BuiltinError } from './builtin.ts';
import { percentDecode, percentEncode } from './percent.ts';

/** A URI reference (RFC 3986) in its parts, empty where they are absent. */
export interface UriReference {
  readonly scheme: string;
  /** What follows the scheme where it does not begin with a slash. */
  readonly opaque: string;
  readonly authority?: { readonly hasUser: boolean; readonly host: string };
  /** Decoded. */
  readonly path: string;
  /** As written, where encoding `path` gives another text. */
  readonly rawPath: string;
  readonly query: string;
  readonly hasQuery: boolean;
  /** Decoded. */
  readonly fragment: string;
  /** As written, where encoding `fragment` gives another text. */
  readonly rawFragment: string;
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/u;
const PORT = /^(?::\d*)?$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x1f\x7f]/u;
const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/u;

/**
 * A URI reference read as Go's `url.Parse` does: a rootless path after a scheme is opaque, and a colon
 * in the first segment needs a scheme. Throws BuiltinError.
 */
export function readReference(text: string): UriReference {
  const [reference, writtenFragment] = cut(text, '#');
  if (CONTROL.test(reference)) return invalid('a control character');
  const fragment = percentDecode(writtenFragment, 'fragment');
  const rawFragment = percentEncode(fragment, 'fragment') === writtenFragment ? '' : writtenFragment;
  if (reference.startsWith(':')) return invalid('no scheme before the colon');
  const scheme = SCHEME.exec(reference)?.[1]?.toLowerCase() ?? '';
  const rest = scheme === '' ? reference : reference.slice(scheme.length + 1);
  const [hierarchy, query] = cut(rest, '?');
  const common = { scheme, opaque: '', query, hasQuery: rest.includes('?'), fragment, rawFragment };
  if (scheme !== '' && !hierarchy.startsWith('/'))
    return { ...common, opaque: hierarchy, path: '', rawPath: '' };
  if (cut(hierarchy, '/')[0].includes(':')) return invalid('a colon in the first path segment');
  const hasAuthority = hierarchy.startsWith('//') && (scheme !== '' || !hierarchy.startsWith('///'));
  if (!hasAuthority) return { ...common, ...readPath(hierarchy) };
  const slash = hierarchy.indexOf('/', 2);
  const authority = readAuthority(scheme, hierarchy.slice(2, slash < 0 ? undefined : slash));
  return { ...common, authority, ...readPath(slash < 0 ? '' : hierarchy.slice(slash)) };
}

/** The name and the port of a host, a literal without its brackets. */
export function splitHost(host: string): { readonly hostname: string; readonly port: string } {
  const colon = host.lastIndexOf(':');
  const split = colon >= 0 && PORT.test(host.slice(colon));
  const name = split ? host.slice(0, colon) : host;
  const hostname = name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
  return { hostname, port: split ? host.slice(colon + 1) : '' };
}

function readPath(raw: string): { readonly path: string; readonly rawPath: string } {
  const path = percentDecode(raw, 'path');
  return { path, rawPath: percentEncode(path, 'path') === raw ? '' : raw };
}

function readAuthority(scheme: string, authority: string): { hasUser: boolean; host: string } {
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  if (!USER.test(user)) return invalid('a character that user information cannot hold');
  percentDecode(user, 'user');
  return { hasUser: at >= 0, host: decodeHost(scheme, authority.slice(at + 1)) };
}

function decodeHost(scheme: string, host: string): string {
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) return invalid('an IP literal that does not begin the host');
  if (bracket === 0) return decodeLiteral(host);
  const first = host.indexOf(':');
  const strict = scheme === 'http' || scheme === 'https';
  const colon = strict ? first : host.lastIndexOf(':');
  if (colon >= 0 && !PORT.test(host.slice(colon))) return invalid('a port that is no number');
  return percentDecode(host, 'host');
}

/** `[address]:port`, the address with a zone after `%25` perhaps. */
function decodeLiteral(host: string): string {
  const close = host.lastIndexOf(']');
  if (close < 0) return invalid("no ']' in the host");
  const port = host.slice(close + 1);
  if (!PORT.test(port)) return invalid('a port that is no number');
  const literal = host.slice(1, close);
  const zone = literal.indexOf('%25');
  const address = percentDecode(zone < 0 ? literal : literal.slice(0, zone), 'host');
  const decodedZone = zone < 0 ? '' : percentDecode(literal.slice(zone), 'zone');
  const parsed = parseAddress(address);
  if (parsed === undefined || !address.includes(':') || decodedZone === '%')
    return invalid('an IP literal that is no IPv6 address');
  return `[${address}${decodedZone}]${port}`;
}

function cut(text: string, separator: string): readonly [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function invalid(reason: string): never {
  throw new BuiltinError(`not a URI: ${reason}`);
}
