import { limits } from '../../base/index.ts';
import { isPolicyPart, type TextFile } from '../read-policy.ts';

/** A file that cannot be part of a version. */
export interface FileProblem {
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
}

const longestPath = 200;

/**
 * What is wrong with the files of a version by their names. What is no part of a policy by its name would be
 * passed over; a rule that is passed over denies nothing.
 */
export function fileProblems(files: readonly TextFile[]): readonly FileProblem[] {
  const wrong = files.flatMap(({ path }): FileProblem[] => {
    const message = pathProblem(path);
    if (message !== undefined) return [{ path, message }];
    if (isPolicyPart(path, true)) return [];
    const hint = 'a version holds .policy, .rego, _test.rego, data.json, data.yaml and policy.yaml';
    return [{ path, message: 'is no part of a policy by its name', hint }];
  });
  if (new Set(files.map(({ path }) => path)).size === files.length) return wrong;
  return [...wrong, { path: '', message: 'a path stands twice' }];
}

/** Why there are too many files; undefined where there are not. */
export function tooManyFiles(files: readonly TextFile[]): string | undefined {
  if (files.length === 0) return 'there are no files';
  if (files.length > limits.versionFiles) return `there are more than ${limits.versionFiles} files`;
  return undefined;
}

function pathProblem(path: string): string | undefined {
  if (path.length > longestPath) return `the path is longer than ${longestPath} characters`;
  if (/[\p{C}\\]/u.test(path)) return 'the path has a backslash or a control character';
  const isPlain = path.split('/').every(part => part !== '' && part !== '.' && part !== '..');
  return isPlain ? undefined : 'the path must be one below the folder of the policy';
}
