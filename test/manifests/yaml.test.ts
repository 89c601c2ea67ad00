import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/base/index.ts';
import { nodeValue } from '../../src/manifests/branch.ts';
import { readDocuments } from '../../src/manifests/yaml-documents.ts';
import { BigNumber, stringify } from '../../src/values/index.ts';

function value(text: string) {
  return nodeValue([...readDocuments(new SourceFile('x', text))][0]!.root);
}

describe('scalars', () => {
  it.each([
    ['yes', true],
    ['Off', false],
    ['~', null],
    ['null', null],
    ['"yes"', 'yes'],
    ['TRUE', true],
    ['0777', 511],
    ['0o17', 15],
    ['0x1F', 31],
    ['-0x1', -1],
    ['0b11', 3],
    ['1_000', 1000],
    ['+1', 1],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.', 1],
    ['08', 8],
    ['-0', 0],
    ['-1.50', -1.5],
    ['1:30', '1:30'],
    ['2001-01-01', '2001-01-01'],
    ['.inf', '.inf'],
    ['1.2.3', '1.2.3'],
    ['-', [null]],
    ['0b2', '0b2'],
    ['.', '.'],
    ['1e', '1e'],
    ['_1', '_1'],
    ['nginx', 'nginx'],
    ['!!str 3', '3'],
    ['!!int "3"', 3],
    ['!<tag:yaml.org,2002:str> 3', '3'],
    ['!!bool yes', true],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('keep every digit', () => {
    const read = value('9007199254740993');
    expect(read).toBeInstanceOf(BigNumber);
    expect(stringify(read)).toBe('9007199254740993');
    expect(stringify(value('[0.1000000000000000000001]'))).toBe('[0.1000000000000000000001]');
  });
});

describe('mappings', () => {
  it.each([
    ['{b: 1, a: {c: [1, x]}}', '{"a":{"c":[1,"x"]},"b":1}'],
    ['{1: a, true: b, __proto__: c}', '{"1":"a","__proto__":"c","true":"b"}'],
    ['{<<: {a: 1}, b: 3}', '{"a":1,"b":3}'],
    ['{<<: [{a: 1}, {a: 2, b: 3}]}', '{"a":1,"b":3}'],
    ['{"<<": {a: 1}}', '{"<<":{"a":1}}'],
    ['{}', '{}'],
  ])('%s', (text, expected) => {
    expect(stringify(value(text))).toBe(expected);
  });
});

describe('long texts', () => {
  it('are read in parts that make the same documents', () => {
    const padding = `# ${'-'.repeat(5_000)}\n`;
    const text = Array.from(
      { length: 100 },
      (_, i) => `a: &a ${i}\nb: "---"\nc: *a\nd: |\n ---\n${padding}`,
    ).join('---\n');
    const source = new SourceFile('x', text);
    const documents = [...readDocuments(source)];
    expect(documents.map(({ root }) => stringify(nodeValue(root)))).toEqual(
      Array.from({ length: 100 }, (_, i) => `{"a":${i},"b":"---","c":${i},"d":"---\\n"}`),
    );
    expect(documents.map(({ offset }) => source.line(offset))).toEqual(
      Array.from({ length: 100 }, (_, i) => 7 * i + 1),
    );
  });

  it('keep their directives', () => {
    const text = `${'a: 1\n---\n'.repeat(30_000 / 2)}...\n%YAML 1.2\n---\nb: 2`;
    expect(() => [...readDocuments(new SourceFile('x', text))]).toThrow(/documents/u);
    const long = `a: ${'x'.repeat(200_000)}\n...\n%YAML 1.2\n---\nb: 2`;
    expect([...readDocuments(new SourceFile('x', long))]).toHaveLength(2);
  });

  it('say where they are wrong', () => {
    const text = `${`a: ${'x'.repeat(1_000)}\n---\n`.repeat(300)}a: 1\na: 2\n`;
    expect(() => [...readDocuments(new SourceFile('x', text))]).toThrow(
      expect.objectContaining({ offset: text.lastIndexOf('a') }),
    );
    const open = `${`a: ${'x'.repeat(1_000)}\n---\n`.repeat(300)}a: "`;
    expect(() => [...readDocuments(new SourceFile('x', open))]).toThrow(
      expect.objectContaining({ offset: open.length }),
    );
  });
});
