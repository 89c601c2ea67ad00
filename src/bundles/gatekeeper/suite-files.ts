import { printable, type SourceFile } from '../../base/index.ts';
import { nodeValue, readDocuments, toProblem } from '../../manifests/index.ts';
import { isObject, type ObjectValue } from '../../values/index.ts';
import { type Read, unusable, usable } from './read.ts';
import { isSuite } from './suite.ts';

/** The text at a path; undefined where there is no such file. */
export type FindFile = (path: string) => SourceFile | undefined;

/** The objects of a YAML or JSON file, empty documents left out; problems name the file. */
export function readObjects(path: string, find: FindFile): Read<readonly ObjectValue[]> {
  const source = find(path);
  if (source === undefined) return unusable(`there is no file ${path}`);
  try {
    const values = [...readDocuments(source)]
      .map(({ root }) => nodeValue(root))
      .filter(each => each !== null);
    const objects = values.filter(isObject);
    if (objects.length < values.length) return unusable(`${path}: a document is no object`);
    return objects.length > 0 ? usable(objects) : unusable(`${path}: there is no object in it`);
  } catch (thrown) {
    const { message, span } = toProblem(thrown, source);
    const { line, column } = source.position(span.start);
    return unusable(`${path}:${line}:${column}: ${printable(message)}`);
  }
}

/** The one object of a file. */
export function readObject(path: string, find: FindFile): Read<ObjectValue> {
  const { value, problems } = readObjects(path, find);
  if (value === undefined) return { problems };
  const [object, ...others] = value;
  if (object === undefined || others.length > 0) return unusable(`${path}: expected one object`);
  return usable(object);
}

/** The first object of a file; further ones are not looked at, as `gator` reads templates and constraints. */
export function readFirstObject(path: string, find: FindFile): Read<ObjectValue> {
  const { value, problems } = readObjects(path, find);
  return value === undefined ? { problems } : usable(value[0]!);
}

/** Whether a file is to be run as a suite: so is one that tells of suites and cannot be read. */
export function isSuiteFile(source: SourceFile): boolean {
  if (!source.text.includes('test.gatekeeper.sh/')) return false;
  const { value } = readFirstObject(source.path, () => source);
  return value === undefined || isSuite(value);
}

/** The path of a file that another file names relative to itself. */
export function besides(file: string, relative: string): string {
  if (relative.startsWith('/')) return relative;
  const parts = file.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    const up = part === '..' && parts.length > 0 && !['', '..'].includes(parts.at(-1)!);
    if (up) parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
