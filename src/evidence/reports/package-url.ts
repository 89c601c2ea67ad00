/** The parts of a package URL, decoded. */
export interface PackageUrl {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  readonly version?: string;
  readonly qualifiers: ReadonlyMap<string, string>;
  readonly subpath?: string;
}

/** Characters of a package URL that is read at all. */
const LENGTH = 4_096;

/**
 * The parts of a package URL (`pkg:type/namespace/name@version?qualifiers#subpath`), or undefined where the text
 * is none. Follows the purl specification: the type is of any case, `%` escapes are decoded.
 */
export function parsePackageUrl(text: string): PackageUrl | undefined {
  if (text.length > LENGTH || !/^pkg:/i.test(text)) return undefined;
  const [beforeSubpath, subpath] = cut(text.slice(4).replace(/^\/{1,2}/, ''), '#', 'last');
  const [beforeQualifiers, query] = cut(beforeSubpath, '?', 'last');
  const [path, version] = cutVersion(beforeQualifiers);
  const segments = path.split('/').filter(segment => segment !== '');
  const decoded = [...segments, ...(version === undefined ? [] : [version])].map(decode);
  if (segments.length < 2 || decoded.includes(undefined)) return undefined;
  const [type, ...names] = segments.map(segment => decode(segment)!);
  const qualifiers = parseQualifiers(query ?? '');
  if (qualifiers === undefined) return undefined;
  return {
    type: type!.toLowerCase(),
    namespace: names.slice(0, -1).join('/'),
    name: names.at(-1)!,
    ...(version !== undefined && version !== '' && { version: decode(version)! }),
    qualifiers,
    ...(subpath !== undefined && { subpath }),
  };
}

/**
 * Whether what a statement names covers a package: the same type, namespace and name; the version and each
 * qualifier that the statement gives are those of the package.
 */
export function coversPackage(statement: PackageUrl, subject: PackageUrl): boolean {
  return (
    statement.type === subject.type &&
    statement.namespace === subject.namespace &&
    statement.name === subject.name &&
    (statement.version === undefined || statement.version === subject.version) &&
    (statement.subpath === undefined || statement.subpath === subject.subpath) &&
    [...statement.qualifiers].every(([key, value]) => subject.qualifiers.get(key) === value)
  );
}

function parseQualifiers(query: string): ReadonlyMap<string, string> | undefined {
  const qualifiers = new Map<string, string>();
  for (const pair of query.split('&')) {
    const [key, value] = cut(pair, '=', 'first');
    const text = decode(value ?? '');
    if (text === undefined) return undefined;
    if (key !== '' && text !== '') qualifiers.set(key.toLowerCase(), text);
  }
  return qualifiers;
}

/** An `@` at the start of a segment begins a namespace (`pkg:npm/@acme/app`), not a version. */
function cutVersion(path: string): readonly [string, string | undefined] {
  const at = path.lastIndexOf('@');
  return at <= 0 || path[at - 1] === '/' ? [path, undefined] : [path.slice(0, at), path.slice(at + 1)];
}

function cut(
  text: string,
  separator: string,
  which: 'first' | 'last',
): readonly [string, string | undefined] {
  const at = which === 'first' ? text.indexOf(separator) : text.lastIndexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
