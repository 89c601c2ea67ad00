/**
 * A host that may be asked, in lower case: a name (`api.acme.io`), the names below one (`*.acme.io`, which
 * is not acme.io itself) or an address, with a port where it is not 443 (`api.acme.io:8443`).
 */
interface HostPattern {
  readonly below: boolean;
  readonly host: string;
  readonly port: number;
}

const httpsPort = 443;
const form = /^(?<below>\*\.)?(?<host>[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::(?<port>[1-9]\d{0,4}))?$/u;
const name = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/u;
const longestName = 253;

/** The pattern as it is compared; undefined where the text is none. */
export function toHostPattern(text: string): string | undefined {
  const lower = text.toLowerCase();
  const parsed = parse(lower);
  if (parsed === undefined) return undefined;
  const { below, host, port } = parsed;
  if (host.length > longestName || port > 65_535) return undefined;
  if (host.startsWith('[')) return below ? undefined : lower;
  // All names of a top-level domain are nobody's to allow.
  return name.test(host) && !(below && !host.includes('.')) ? lower : undefined;
}

/** A host as it is compared, no pattern and without a port; undefined where the text is none. */
export function toHost(text: string): string | undefined {
  const pattern = toHostPattern(text);
  const parsed = pattern === undefined ? undefined : parse(pattern);
  return parsed !== undefined && parsed.host === pattern ? pattern : undefined;
}

/** Hosts out of a setting, with commas or spaces between them; throws where one of them is none. */
export function readHosts(
  text = '',
  read: (host: string) => string | undefined = toHostPattern,
): readonly string[] {
  return text.split(/[\s,]+/u).flatMap(each => {
    if (each === '') return [];
    const host = read(each);
    if (host === undefined) throw new RangeError(`no host: ${JSON.stringify(each)}`);
    return [host];
  });
}

/** Whether one of the patterns allows a host; without a port, whatever ports the patterns name. */
export function allowsHost(patterns: readonly string[], host: string, port?: number): boolean {
  return patterns.some(text => {
    const pattern = parse(text);
    if (pattern === undefined || (port !== undefined && pattern.port !== port)) return false;
    return pattern.below ? host.endsWith(`.${pattern.host}`) : host === pattern.host;
  });
}

/** Whether the patterns allow every host that another pattern does. */
export function coversPattern(patterns: readonly string[], other: string): boolean {
  const wanted = parse(other);
  if (wanted === undefined) return false;
  if (!wanted.below) return allowsHost(patterns, wanted.host, wanted.port);
  return patterns.some(text => {
    const pattern = parse(text);
    if (!pattern?.below || pattern.port !== wanted.port) return false;
    return wanted.host === pattern.host || wanted.host.endsWith(`.${pattern.host}`);
  });
}

function parse(text: string): HostPattern | undefined {
  const groups = form.exec(text)?.groups;
  if (groups === undefined) return undefined;
  return {
    below: groups['below'] !== undefined,
    host: groups['host']!,
    port: groups['port'] === undefined ? httpsPort : Number(groups['port']),
  };
}
