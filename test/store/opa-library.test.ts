import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the Worker carries every file of opa/, by its name', () => {
  const text = readFileSync('src/store/opa-library.ts', 'utf8');
  const imported = new Map(
    [...text.matchAll(/^import (\w+) from '\.\.\/\.\.\/opa\/(\w+\.rego)';$/gmu)].map(match => [
      match[2],
      match[1],
    ]),
  );
  const listed = [...text.matchAll(/\{ path: '(\w+\.rego)', text: (\w+) \}/gu)].map(match => [
    match[1],
    match[2],
  ]);
  expect([...imported.keys()].sort()).toEqual(readdirSync('opa').sort());
  expect(listed).toEqual([...imported]);
});
