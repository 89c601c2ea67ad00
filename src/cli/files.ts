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
  return filePaths(directory, '')
    .filter(wanted)
    .sort()
    .map(path => ({ path, text: readText(join(directory, path), maximum) }));
}

/** What stands before the names of files in a directory, as it was given. */
export function prefixOf(directory: string): string {
  return directory === '.' ? '' : `${directory.replace(/\/+$/u, '')}/`;
}

function filePaths(directory: string, inside: string): readonly string[] {
  const entries = entriesOf(join(directory, inside));
  return entries.flatMap(entry => {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (!entry.isDirectory()) return kindOf(join(directory, path)) === 'file' ? [path] : [];
    return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : filePaths(directory, path);
  });
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
