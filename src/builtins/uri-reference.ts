import { parseAddress } from './address.ts';
import { BuiltinError } from './builtin.ts';
import { percentDecode, percentEncode } from './percent.ts';

/** The parts of a URI reference (RFC 3986), empty where they are absent. */
export interface UriParts {
  readonly scheme: string;
  readonly hostname: string;
  readonly port: string;
  /** Decoded. */
  readonly path: string;
  /** As written, where that says more than `path`. */
  readonly raw_path: string;
  readonly raw_query: string;
  readonly fragment: string;
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/u;
const PORT = /^(?::\d*)?$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x1f\x7f]/u;
const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/u;

/**
 * The parts of a URI reference, read as Go's `url.Parse` does: a rootless path after a scheme is
 * opaque and left out, and a colon in the first segment needs a scheme. Throws BuiltinError.
 */
export function parseUri(text: string): UriParts {
  const [reference, fragment] = cut(text, '#');
  if (CONTROL.test(reference)) return invalid('a control character');
  const decodedFragment = percentDecode(fragment, 'fragment');
  if (reference.startsWith(':')) return invalid('no scheme before the colon');
  const scheme = SCHEME.exec(reference)?.[1]?.toLowerCase() ?? '';
  const rest = scheme === '' ? reference : reference.slice(scheme.length + 1);
  const [hierarchy, query] = cut(rest, '?');
  const common = { scheme, raw_query: query, fragment: decodedFragment };
  if (scheme !== '' && !hierarchy.startsWith('/'))
    return { ...common, hostname: '', port: '', path: '', raw_path: '' };
  if (cut(hierarchy, '/')[0].includes(':')) return invalid('a colon in the first path segment');
  const hasAuthority = hierarchy.startsWith('//') && (scheme !== '' || !hierarchy.startsWith('///'));
  if (!hasAuthority) return { ...common, hostname: '', port: '', ...pathParts(hierarchy) };
  const slash = hierarchy.indexOf('/', 2);
  const authority = hierarchy.slice(2, slash < 0 ? undefined : slash);
  return {
    ...common,
    ...hostParts(scheme, authority),
    ...pathParts(slash < 0 ? '' : hierarchy.slice(slash)),
  };
}

function pathParts(raw: string): { readonly path: string; readonly raw_path: string } {
  const path = percentDecode(raw, 'path');
  return { path, raw_path: percentEncode(path, 'path') === raw ? path : raw };
}

function hostParts(scheme: string, authority: string): { readonly hostname: string; readonly port: string } {
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  if (!USER.test(user)) return invalid('a character that user information cannot hold');
  percentDecode(user, 'user');
  const host = decodeHost(scheme, authority.slice(at + 1));
  const colon = host.lastIndexOf(':');
  const split = colon >= 0 && PORT.test(host.slice(colon));
  const name = split ? host.slice(0, colon) : host;
  const hostname = name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
  return { hostname, port: split ? host.slice(colon + 1) : '' };
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
