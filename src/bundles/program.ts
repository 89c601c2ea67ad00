import { type Diagnostic, SourceFile } from '../base/index.ts';
import type { PolicyFile } from '../language/index.ts';
import type { ObjectValue } from '../values/index.ts';
import { PolicyData } from './policy-data.ts';
import type { TextFile } from './read-policy.ts';
import { readValue } from './value-file.ts';

/** Files below one directory, or one file that was named itself. */
export interface FileTree {
  /** Stands before each path where a place is named. */
  readonly prefix: string;
  readonly files: readonly TextFile[];
}

/** Rules and data of trees, all as one program. */
export interface ProgramSource {
  readonly files: readonly PolicyFile[];
  readonly data: ObjectValue;
  readonly problems: readonly Diagnostic[];
}

const moduleName = /\.(?:rego|policy)$/u;
const dataName = /\.(?:json|ya?ml)$/u;
const bundleData = /(?:^|\/)data\.(?:json|ya?ml)$/u;

/** Whether a file of this path is read into a program. */
export function isProgramPart(path: string): boolean {
  return moduleName.test(path) || dataName.test(path);
}

/**
 * Rules and data as `opa test` and `opa eval --data` load them: every JSON and YAML file is data at the path
 * of its directory. Beside a `.policy` file only `data.json` and `data.yaml` are: what else stands there
 * describes the policy.
 */
export function readProgram(
  trees: readonly FileTree[],
  options: { readonly version?: 'v0' | 'v1' } = {},
): ProgramSource {
  const data = new PolicyData();
  const files = trees.flatMap(tree => readTree(tree, data, options.version));
  return { files, data: data.value, problems: data.problems };
}

function readTree(
  { prefix, files }: FileTree,
  data: PolicyData,
  version: 'v0' | 'v1' | undefined,
): PolicyFile[] {
  const policyFolders = new Set(files.filter(({ path }) => path.endsWith('.policy')).map(folderOf));
  const modules: PolicyFile[] = [];
  for (const file of files) {
    const source = new SourceFile(prefix + file.path, file.text);
    if (moduleName.test(file.path)) modules.push(toModule(source, version));
    else if (bundleData.test(file.path) || !policyFolders.has(folderOf(file)))
      addData(source, folderOf(file), data);
  }
  return modules;
}

function toModule(source: SourceFile, version: 'v0' | 'v1' | undefined): PolicyFile {
  if (source.path.endsWith('.policy')) return { source, dialect: 'policy' };
  return { source, dialect: 'rego', ...(version !== undefined && { version }) };
}

function addData(source: SourceFile, folder: string, data: PolicyData): void {
  const value = readValue(source, data.problems);
  if (value !== undefined) data.put(value, folder === '' ? [] : folder.split('/'), source);
}

function folderOf({ path }: TextFile): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
