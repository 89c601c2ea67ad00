import { describe, expect, it } from 'vitest';
import { isProgramPart, readProgram } from '../../src/bundles/index.ts';
import { stringify } from '../../src/values/index.ts';

function read(files: Readonly<Record<string, string>>) {
  const list = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { data, problems, files: modules } = readProgram([{ prefix: 'x/', files: list }]);
  return {
    data: stringify(data),
    problems: problems.map(({ message, source }) => `${source.path}: ${message}`),
    modules: modules.map(({ source }) => source.path),
  };
}

describe('a program', () => {
  it('has data at the path of its directory, by any name', () => {
    const found = read({
      'root.json': '{"a": 1}',
      'b/some.yaml': 'c: [2]\n---\nd: 3\n',
      'b/more.yml': 'e: 4',
      'l/list.json': '[1]',
    });
    expect(found).toEqual({ data: '{"a":1,"b":{"c":[2],"e":4},"l":[1]}', problems: [], modules: [] });
  });

  it('has the modules of rego and policy files', () => {
    expect(read({ 'a.rego': '', 'b/c.policy': '' }).modules).toEqual(['x/a.rego', 'x/b/c.policy']);
  });

  it('has of a folder of policies only what is called data', () => {
    const found = read({
      'p/a.policy': '',
      'p/cases.yaml': 'x: 1',
      'p/data.yaml': 'y: 2',
      'q/z.yaml': 'z: 3',
    });
    expect(found.data).toBe('{"p":{"y":2},"q":{"z":3}}');
  });

  it('keeps long numbers', () => {
    expect(read({ 'a.json': '{"a": 12345678901234567890}' }).data).toBe('{"a":12345678901234567890}');
  });

  it('says what cannot be read', () => {
    expect(read({ 'a.json': '[1]' }).problems).toEqual(['x/a.json: expected one object']);
    expect(read({ 'a.json': '{' }).problems[0]).toMatch(/^x\/a\.json: not JSON: /u);
    expect(read({ 'a.yaml': 'a: [' }).problems).toHaveLength(1);
    expect(read({ 'a.json': '{"a": 1}', 'b.json': '{"a": 2}' }).problems).toEqual([
      'x/b.json: data.a is given twice, with different values',
    ]);
  });

  it.each([
    ['a.rego', true],
    ['b/c.yml', true],
    ['a.txt', false],
    ['README.md', false],
  ])('%s is part of one: %s', (path, part) => {
    expect(isProgramPart(path)).toBe(part);
  });
});
