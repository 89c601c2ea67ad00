import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mostRegistries, mostTokens, mostTrustRules, quotas } from '../../src/store/index.ts';

const text = readFileSync('docs/organisations.md', 'utf8');
const flowing = text.replace(/\s+/gu, ' ');

it('docs/organisations.md has every quota', () => {
  const rows = [...text.matchAll(/^\| `(\w+)` \| ([\d,]+) \|$/gmu)];
  expect(Object.fromEntries(rows.map(([, kind, most]) => [kind, Number(most!.replaceAll(',', ''))]))).toEqual(
    quotas,
  );
});

it('docs/organisations.md says how many there may be', () => {
  expect(flowing).toContain(
    `${mostTokens} tokens and ${mostTrustRules} trust rules that count, and ${mostRegistries} registries`,
  );
});

it('docs/organisations.md has the rates of wrangler.toml', () => {
  const limits = [
    ...readFileSync('wrangler.toml', 'utf8').matchAll(/simple = \{ limit = (\d+), period = 60 \}/gu),
  ];
  const [caller, organisation] = limits.map(([, limit]) => Number(limit).toLocaleString('en'));
  expect(flowing).toContain(`may ask ${caller} times a minute and an organisation ${organisation} times`);
});
