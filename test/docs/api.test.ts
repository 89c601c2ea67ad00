import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { problems } from '../../src/api/problem.ts';
import { routes } from '../../src/api/routes/index.ts';
import { verdictFormats } from '../../src/decide/index.ts';

const text = readFileSync('docs/api.md', 'utf8');

it('docs/api.md has every problem, with its status', () => {
  const rows = [...text.matchAll(/^\| `(\w+)` \| (\d{3}) \|/gmu)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(Object.entries(problems).map(([code, { status }]) => [code, status])),
  );
});

it('docs/api.md has every route, parameter and format', () => {
  for (const { method, path } of routes) expect(text).toContain(`${method} ${path}`);
  const parameters = new Set(
    routes.flatMap(route => route.operation.parameters ?? []).map(({ name }) => name),
  );
  for (const name of parameters) expect(text).toContain(`| \`${name}`);
  for (const format of verdictFormats) expect(text).toContain(`\`${format}\``);
});
