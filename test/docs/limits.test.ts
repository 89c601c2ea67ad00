import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { limits } from '../../src/base/index.ts';

it('docs/limits.md has every limit, with its value', () => {
  const text = readFileSync('docs/limits.md', 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| ([\d,]+) \|/gmu)];
  const documented = rows.map(([, name, value]) => [name, Number(value!.replaceAll(',', ''))]);
  expect(Object.fromEntries(documented)).toEqual(limits);
});
