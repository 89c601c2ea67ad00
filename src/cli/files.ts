import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TextFile } from '../bundles/index.ts';
import { UsageError } from './usage-error.ts';

/** `directory`, `file`, or undefined where there is nothing at the path. */
export function kindOf(path: string): 'directory' | 'file' | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  return stats.isDirectory() ? 'directory' : 'file';
}

/** The text of a file, or of the standard input for `-`; throws a UsageError that says why there is none. */
export function readText(path: string, maximum: number): string {
  const name = path === '-' ? 'standard input' : path;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    throw new UsageError(`cannot read ${name}: ${reasonOf(error)}`);
  }
  if (bytes.length > maximum) throw new UsageError(`cannot read ${name}: more than ${maximum} bytes`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`cannot read ${name}: not UTF-8`);
  }
}

/**
 * The files below a directory that are wanted by their path inside it, sorted. Hidden directories,
 * `node_modules` and directories behind symbolic links are passed over.
 */
export function readDirectory(
  directory: string,
  wanted: (path: string) => boolean,
  maximum: number,
): readonly TextFile[] {
  return pathsBelow(directory)
    .files.filter(wanted)
    .map(path => ({ path, text: readText(join(directory, path), maximum) }));
}

/** What is below a directory, by paths inside it, sorted. */
export interface Paths {
  readonly files: readonly string[];
  /** Directories behind symbolic links, links to nothing, and what is neither file nor directory. */
  readonly passedOver: readonly string[];
}

/** Everything below a directory but hidden directories and `node_modules`. */
export function pathsBelow(directory: string): Paths {
  const files: string[] = [];
  const passedOver: string[] = [];
  collect('');
  return { files: files.sort(), passedOver: passedOver.sort() };

  function collect(inside: string): void {
    for (const entry of entriesOf(join(directory, inside))) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules') collect(path);
      } else if (kindOf(join(directory, path)) === 'file') files.push(path);
      else passedOver.push(path);
    }
  }
}

/** What stands before the names of files in a directory, as it was given. */
export function prefixOf(directory: string): string {
  return directory === '.' ? '' : `${directory.replace(/\/+$/u, '')}/`;
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    throw new UsageError(`cannot read ${directory}: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES') return 'permission denied';
  if (code === 'EISDIR') return 'it is a directory';
  return String(code ?? error);
}
