import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BuiltinDeclaration, builtins, declarations, relations } from '../../src/builtins/index.ts';

const folder = new URL('../../src/builtins/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.ts'));

/** What the evaluator does itself: binding names, and printing, which it rewrites. */
const ofTheEvaluator = ['assign', 'eq', 'print'];

async function exportsOf(ending: string, wanted: RegExp): Promise<readonly unknown[]> {
  const modules = files.filter(name => name.endsWith(ending)).map(name => import(new URL(name, folder).href));
  const exported: [string, unknown][] = (await Promise.all(modules)).flatMap(module =>
    Object.entries(module),
  );
  return exported.filter(([name]) => wanted.test(name)).map(([, value]) => value);
}

describe('the tables of built-in functions', () => {
  it('declare each name once, and leave no family out', async () => {
    const tables = (await exportsOf('.declarations.ts', /Declarations$/u)) as BuiltinDeclaration[][];
    const names = tables.flatMap(table => table.map(declaration => declaration.name));
    expect(names.toSorted()).toEqual([...declarations.keys()].toSorted());
  });

  it('implement each name once, and leave no family out', async () => {
    const tables = (await exportsOf('.ts', /(?:Family|Relations)$/u)) as object[];
    const names = tables.flatMap(table => Object.keys(table));
    expect(names.toSorted()).toEqual([...builtins.keys(), ...relations.keys()].toSorted());
  });

  it('implement what is declared and nothing else', () => {
    const implemented = [...builtins.keys(), ...relations.keys(), ...ofTheEvaluator];
    expect(implemented.toSorted()).toEqual([...declarations.keys()].toSorted());
  });

  it('mark as relations what is implemented as such', () => {
    const marked = [...declarations.values()].filter(({ relation }) => relation).map(({ name }) => name);
    expect(marked).toEqual([...relations.keys()]);
  });

  it('describe each function in one sentence', () => {
    for (const { name, description } of declarations.values()) {
      expect(description, name).toMatch(/^[^\n]+\.$/u);
    }
  });
});
