import { basename } from 'node:path';
import { type Diagnostic, limits, type SourceFile } from '../base/index.ts';
import { type FileTree, isProgramPart, readValue } from '../bundles/index.ts';
import type { Value } from '../values/index.ts';
import { kindOf, prefixOf, readDirectory, readText } from './files.ts';
import { ignoring } from './ignore.ts';
import { UsageError } from './usage-error.ts';

/** The files of rules and data at paths, each a file or a directory. */
export function readTrees(paths: readonly string[], ignore: readonly string[] = []): readonly FileTree[] {
  const ignored = ignoring(ignore);
  return paths.map(path => readTree(path, name => isProgramPart(name) && !ignored(name)));
}

function readTree(path: string, wanted: (name: string) => boolean): FileTree {
  switch (kindOf(path)) {
    case 'directory':
      return { prefix: prefixOf(path), files: readDirectory(path, wanted, limits.policyBytes) };
    case 'file': {
      const base = basename(path);
      if (!isProgramPart(base))
        throw new UsageError(`${path} is no policy and no data`, 'files are .rego, .policy, .json or .yaml');
      const prefix = path.slice(0, path.length - base.length);
      return { prefix, files: [{ path: base, text: readText(path, limits.bodyBytes) }] };
    }
    default:
      throw new UsageError(`there is no file or directory ${JSON.stringify(path)}`);
  }
}

/** The value of a JSON or YAML text; throws a UsageError with what is wrong with it. */
export function readValueFile(source: SourceFile): Value {
  const problems: Diagnostic[] = [];
  const value = readValue(source, problems);
  if (value === undefined) throw new UsageError(`cannot read ${source.path}: ${problems[0]?.message}`);
  return value;
}
