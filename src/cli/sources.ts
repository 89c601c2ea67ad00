import { limits, SourceFile } from '../base/index.ts';
import type { PolicyFile } from '../language/index.ts';
import { kindOf, prefixOf, readDirectory, readText } from './files.ts';
import { ignoring } from './ignore.ts';
import { UsageError } from './usage-error.ts';

const moduleName = /\.(?:rego|policy)$/u;

/** The texts of rules at a path: a file, whatever its name, all of a directory, or the standard input for `-`. */
export function readSources(path: string, ignore: readonly string[] = []): readonly SourceFile[] {
  if (path === '-') return [new SourceFile('stdin.rego', readText('-', limits.policyBytes))];
  const ignored = ignoring(ignore);
  switch (kindOf(path)) {
    case 'file':
      return [new SourceFile(path, readText(path, limits.policyBytes))];
    case 'directory': {
      const wanted = (name: string): boolean => moduleName.test(name) && !ignored(name);
      const files = readDirectory(path, wanted, limits.policyBytes);
      return files.map(file => new SourceFile(prefixOf(path) + file.path, file.text));
    }
    default:
      throw new UsageError(`there is no file or directory ${JSON.stringify(path)}`);
  }
}

/** A text as a file of rules; a version is for Rego alone. */
export function toPolicyFile(source: SourceFile, version: { readonly version?: 'v0' }): PolicyFile {
  return source.path.endsWith('.policy') ? { source } : { source, dialect: 'rego', ...version };
}
