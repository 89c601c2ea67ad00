import { compareStrings } from '../../values/index.ts';
import type { TextFile } from '../read-policy.ts';
import { unifiedDiff } from './unified-diff.ts';

/** How a file differs between two versions. */
export interface FileDiff {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** A unified diff. */
  readonly diff: string;
}

/** The files that differ, by path. */
export function diffFiles(before: readonly TextFile[], after: readonly TextFile[]): readonly FileDiff[] {
  const [from, to] = [textsOf(before), textsOf(after)];
  const paths = [...new Set([...from.keys(), ...to.keys()])].sort(compareStrings);
  return paths.flatMap((path): FileDiff[] => {
    const [old, now] = [from.get(path), to.get(path)];
    if (old === now) return [];
    const change = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    return [{ path, change, diff: unifiedDiff(path, old ?? '', now ?? '') }];
  });
}

function textsOf(files: readonly TextFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]));
}
