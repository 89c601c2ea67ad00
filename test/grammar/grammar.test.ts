import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagrams } from '../../grammar/diagrams.ts';
import { RegoParser } from '../../grammar/parser.ts';

const folder = new URL('../../grammar/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** Each production by name, as the text above its method has it. */
function documented(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(folder).filter(name => name.endsWith('parser.ts')))
    for (const [, name, production] of read(file).matchAll(/^ {2}\/\*\* (\w+) = (.*?)(?: — .*)? \*\/$/gmu))
      found.set(name!, production!);
  return found;
}

/** Each rule of the document. */
function described(): Map<string, string> {
  const rules = read('rego.ebnf').matchAll(/^(\w+) = (.*?) ;(?: \(\* .* \*\))?$/gmu);
  return new Map([...rules].map(([, name, production]) => [name!, production!]));
}

describe('the grammar', () => {
  it('passes the validation that production skips', () => {
    expect(() => new RegoParser({ skipValidations: false })).not.toThrow();
  });

  it('is described by rego.ebnf, rule by rule', () => {
    const rules = described();
    expect([...rules.keys()].sort()).toEqual(Object.keys(new RegoParser().getGAstProductions()).sort());
    expect(Object.fromEntries(rules)).toEqual(Object.fromEntries(documented()));
  });

  it('is drawn in diagrams.html as it stands', () => {
    expect(read('diagrams.html').trimEnd()).toBe(diagrams().trimEnd());
  });

  it('loads nothing from elsewhere to be drawn', () => {
    expect(diagrams()).not.toMatch(/https?:|src=|@import|url\(/u);
  });
});
