import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/base/index.ts';
import { CapabilitiesError, readCapabilities } from '../../src/bundles/index.ts';
import { checkPolicy } from '../../src/language/index.ts';

function capabilities(...builtins: object[]): string {
  return JSON.stringify({ builtins, features: ['rego_v1'] });
}

const count = {
  name: 'count',
  decl: { type: 'function', args: [{ type: 'any' }], result: { type: 'number' } },
};

const scan = {
  name: 'acme.scan',
  decl: {
    type: 'function',
    args: [
      { type: 'string', name: 'text' },
      { type: 'object', dynamic: { key: { type: 'string' }, value: { type: 'any' } } },
    ],
    result: { type: 'object', static: [{ key: 'found', value: { type: 'boolean' } }] },
  },
};

function check(body: string, text: string): readonly string[] {
  const source = new SourceFile('a.rego', `package a\n\np if ${body}\n`);
  return checkPolicy([{ source }], readCapabilities(text)).diagnostics.map(({ message }) => message);
}

describe('capabilities', () => {
  it('leave out what they do not name', () => {
    expect(check('count(input)', capabilities(count))).toEqual([]);
    expect(check('upper(input)', capabilities(count))).toEqual(['undefined function upper']);
  });

  it('declare functions of another host, with their types', () => {
    const text = capabilities(count, scan);
    expect(check('acme.scan("x", {}).found', text)).toEqual([]);
    expect(check('acme.scan(1, {})', text)).toHaveLength(1);
    expect(check('acme.scan("x", {}, 1, 2)', text)).toHaveLength(1);
    expect(check('acme.scan("x", {}).other', text)).toHaveLength(1);
  });

  it.each([
    ['', 'JSON'],
    ['[]', 'expected an object with a list of builtins'],
    ['{"builtins": [1]}', 'each of the builtins must have a name and a decl'],
  ])('%j is none', (text, message) => {
    expect(() => readCapabilities(text)).toThrow(CapabilitiesError);
    expect(() => readCapabilities(text)).toThrow(message);
  });
});
