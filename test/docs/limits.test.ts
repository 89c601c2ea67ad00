import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseTerm } from '../../grammar/index.ts';
import { limits } from '../../src/base/index.ts';

it('docs/limits.md has every limit, with its value', () => {
  const text = readFileSync('docs/limits.md', 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| ([\d,]+) \|/gmu)];
  const documented = rows.map(([, name, value]) => [name, Number(value!.replaceAll(',', ''))]);
  expect(Object.fromEntries(documented)).toEqual(limits);
});

it('brackets nest as deep as documented, and no deeper', () => {
  const problems = (depth: number) => parseTerm('['.repeat(depth) + ']'.repeat(depth)).problems;
  expect(problems(limits.brackets)).toEqual([]);
  expect(problems(limits.brackets + 1)).toHaveLength(1);
});
