import { join } from 'node:path';
import { limits, printable } from '../../base/index.ts';
import { clearKind, kindOfName, type SubmittedFile } from '../../manifests/index.ts';
import type { Output } from '../command.ts';
import { kindOf, pathsBelow, prefixOf, readText } from '../files.ts';
import { UsageError } from '../usage-error.ts';

/** Files that say by their name that they hold no image: prose, pictures, code, packages. */
const unrelatedName =
  /(?:^|\/)(?:\.[^/]*|licen[cs]e|notice|makefile|go\.(?:mod|sum)|codeowners)$|\.(?:md|mdx|rst|adoc|html?|css|scss|svg|png|jpe?g|gif|ico|webp|pdf|woff2?|[cm]?[jt]sx?|go|py|rb|rs|java|kt|scala|cs?|h|cc|cpp|hpp|php|swift|lua|pl|sh|bash|zsh|fish|ps1|bat|cmd|sql|proto|rego|policy|tf|tfvars|hcl|lock|sum|mod|map|log|csv|tsv|zip|gz|tgz|tar|bz2|xz|zst|jar|war|exe|dll|so|dylib|a|o|bin|wasm|class|pyc|pem|crt|key|pub|dockerignore)$/iu;

/** Names of what was not read that are said. */
const NAMED = 10;

/** The files at a path: one, all of a directory, or the standard input for `-`. */
export function readInput(path: string, output: Output): readonly SubmittedFile[] {
  if (path === '-') return [{ name: 'stdin', text: readText('-', limits.bodyBytes) }];
  if (kindOf(path) !== 'directory') return [{ name: path, text: readText(path, limits.bodyBytes) }];
  return readInputDirectory(path, output);
}

/**
 * What of a directory is a manifest or a Dockerfile by its name, or clearly one by its content. Whatever else
 * might have held an image is said on the standard error: what is not read is not decided upon.
 */
function readInputDirectory(directory: string, output: Output): readonly SubmittedFile[] {
  const prefix = prefixOf(directory);
  const { files, passedOver } = pathsBelow(directory);
  const found: SubmittedFile[] = [];
  const left: string[] = [...passedOver];
  for (const path of files) {
    const text = textToRead(directory, path);
    if (text !== undefined) found.push({ name: prefix + path, text });
    else if (!isUnrelated(path)) left.push(path);
  }
  if (left.length > 0) output.err(`${notRead(left.map(path => prefix + path))}\n`);
  if (found.length > 0) return found;
  throw new UsageError(`there is no manifest and no Dockerfile in ${directory}`);
}

/** Undefined for a list of images: any text file might be one, and would be denied line by line. */
function textToRead(directory: string, path: string): string | undefined {
  const file = join(directory, path);
  const kind = kindOfName(path);
  if (kind === 'list' || (kind === undefined && isUnrelated(path))) return undefined;
  if (kind !== undefined) return readText(file, limits.bodyBytes);
  const text = readable(file);
  return text !== undefined && clearKind(text) !== undefined ? text : undefined;
}

function isUnrelated(path: string): boolean {
  return unrelatedName.test(path);
}

/** The text of a file that need not be one. */
function readable(file: string): string | undefined {
  try {
    return readText(file, limits.bodyBytes);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function notRead(paths: readonly string[]): string {
  const names = paths.slice(0, NAMED).map(printable).join(', ');
  const more = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : '';
  return `not read: ${names}${more}`;
}
