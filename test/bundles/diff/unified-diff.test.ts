import { expect, it } from 'vitest';
import { diffFiles, unifiedDiff } from '../../../src/bundles/index.ts';

const lines = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}\n`).join('');

it('shows changed lines with those around them', () => {
  const before = lines('line ', 10);
  expect(unifiedDiff('a.policy', before, before.replace('line 4', 'other'))).toBe(
    '--- a.policy\n+++ a.policy\n@@ -2,7 +2,7 @@\n line 1\n line 2\n line 3\n-line 4\n+other\n line 5\n line 6\n line 7\n',
  );
});

it('takes texts that have little in common as one for the other, in time that does not grow with the square', () => {
  const [before, after] = [lines('a', 30_000), lines('b', 30_000)];
  const diff = unifiedDiff('a', before, after);
  expect(diff.split('\n').filter(line => line.startsWith('-a'))).toHaveLength(30_000);
  expect(diff.split('\n').filter(line => line.startsWith('+b'))).toHaveLength(30_000);
});

it('lists files that are added, removed and changed, by path', () => {
  const [kept, changed] = [
    { path: 'k', text: 'k\n' },
    { path: 'c', text: 'old\n' },
  ];
  const before = [kept, changed, { path: 'r', text: 'r\n' }];
  const after = [{ path: 'a', text: 'a\n' }, { ...changed, text: 'new\n' }, kept];
  expect(diffFiles(before, after).map(({ path, change }) => [path, change])).toEqual([
    ['a', 'added'],
    ['c', 'changed'],
    ['r', 'removed'],
  ]);
});
