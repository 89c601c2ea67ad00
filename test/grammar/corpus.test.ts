import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseModule, parseQuery, type RegoVersion, type SyntaxProblem } from '../../grammar/index.ts';

const shared = new URL('../../../shared/', import.meta.url);
const conformance = new URL('rego-conformance/', shared);
const templates = new URL('corpus/gatekeeper-library/', shared);

interface Case {
  readonly note: string;
  readonly modules?: readonly string[];
  readonly query?: string;
}

function casesOf(version: RegoVersion): Case[] {
  const root = new URL(`${version}/`, conformance);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.json'))
    .flatMap(
      name => (JSON.parse(readFileSync(new URL(name, root), 'utf8')) as { cases: Case[] | null }).cases ?? [],
    );
}

/** Every string below a JSON value that is a Rego module. */
function modulesIn(value: unknown): string[] {
  if (typeof value === 'string') return /^(?:\s|#.*\n)*package\s/u.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(modulesIn) : [];
}

const told = (text: string, problems: readonly SyntaxProblem[]): string[] =>
  problems.map(({ span, message }) => `${text}\n${message}: ${text.slice(span.start, span.end)}`);

describe.skipIf(!existsSync(conformance))('OPA conformance cases (skipped where ../shared is absent)', () => {
  it.each(['v1', 'v0'] as const)('of %s parse', version => {
    const cases = casesOf(version);
    expect(cases.length).toBeGreaterThan(1000);
    for (const { modules = [], query = 'true' } of cases) {
      for (const text of modules) expect(told(text, parseModule(text, { version }).problems)).toEqual([]);
      expect(told(query, parseQuery(query, { version }).problems)).toEqual([]);
    }
  });
});

describe.skipIf(!existsSync(templates))('Gatekeeper library (skipped where ../shared is absent)', () => {
  it('parses as v0', () => {
    const files = readdirSync(templates, { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith('.json'),
    );
    const modules = files.flatMap(name =>
      modulesIn(JSON.parse(readFileSync(new URL(name, templates), 'utf8'))),
    );
    expect(modules.length).toBeGreaterThan(20);
    for (const text of modules) expect(told(text, parseModule(text, { version: 'v0' }).problems)).toEqual([]);
  });
});
