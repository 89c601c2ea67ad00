import { basename, join, resolve } from 'node:path';
import { closest, limits, SourceFile } from '../base/index.ts';
import {
  isPolicyPart,
  PolicyLibrary,
  type ReadPolicy,
  type ReadPolicyOptions,
  readLibraryPolicy,
  readPolicy,
} from '../bundles/index.ts';
import { kindOf, prefixOf, readDirectory, readText } from './files.ts';
import { ignoring } from './ignore.ts';
import { UsageError } from './usage-error.ts';

export interface ReadOptions {
  readonly version?: 'v0' | 'v1';
  /** Files of data for every policy. */
  readonly data?: readonly string[];
  /** Whether tests are read too. */
  readonly tests?: boolean;
  /** Patterns of names in directories to pass over. */
  readonly ignore?: readonly string[];
}

/** The policy of a file, of a directory, or of the library by its name. */
export function readPolicyNamed(name: string, options: ReadOptions): ReadPolicy {
  const { version, tests = false } = options;
  const data = (options.data ?? []).map(path => new SourceFile(path, readText(path, limits.bodyBytes)));
  const library = openLibrary();
  const settings = { data, tests, ...(version !== undefined && { version }) };
  switch (kindOf(name)) {
    case 'file':
      return readPolicyFile(name, { ...settings, library });
    case 'directory':
      return readPolicyDirectory(name, { ...settings, library }, ignoring(options.ignore ?? []));
    default:
      return readLibraryPolicy(name, library, settings) ?? unknownPolicy(name, library);
  }
}

function readPolicyFile(path: string, options: ReadPolicyOptions): ReadPolicy {
  const base = basename(path);
  if (!isPolicyPart(base, true)) throw notPolicy(path);
  const file = { path: base, text: readText(path, limits.policyBytes) };
  const prefix = path.slice(0, path.length - base.length);
  return readPolicy(base.replace(/\.\w+$/u, ''), [file], { ...options, prefix, tests: true });
}

function readPolicyDirectory(
  path: string,
  options: ReadPolicyOptions,
  ignored: (name: string) => boolean,
): ReadPolicy {
  const wanted = (name: string): boolean => isPolicyPart(name, options.tests) && !ignored(name);
  const files = readDirectory(path, wanted, limits.policyBytes);
  if (files.length === 0) throw new UsageError(`there is no policy in ${path}`);
  return readPolicy(basename(resolve(path)), files, { ...options, prefix: prefixOf(path) });
}

let opened: PolicyLibrary | undefined;

/** The library beside these sources, read when first asked for. */
function openLibrary(): PolicyLibrary {
  if (opened !== undefined) return opened;
  const folder = join(import.meta.dirname, '../../policies');
  const files =
    kindOf(folder) === 'directory'
      ? readDirectory(folder, path => isPolicyPart(basename(path)), limits.policyBytes)
      : [];
  opened = new PolicyLibrary(files);
  return opened;
}

function notPolicy(name: string): UsageError {
  return new UsageError(`${name} is no policy`, 'a policy is a .policy or .rego file, or a directory');
}

function unknownPolicy(name: string, library: PolicyLibrary): never {
  const near = closest(name, library.names);
  throw new UsageError(
    `there is no file, directory or library policy ${JSON.stringify(name)}`,
    near && `did you mean ${near}?`,
  );
}
