import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/base/index.ts';
import { checkPolicy } from '../../src/language/index.ts';

function messages(text: string): readonly string[] {
  const source = new SourceFile('a.rego', text);
  return checkPolicy([{ source }]).diagnostics.map(({ message }) => message);
}

describe('what is known of an argument', () => {
  it.each([
    'x := [y | some y in list]\n\tx[0] == 1',
    'x := [y.name | some y in list]\n\tx[0] == 1',
    'x := {y | y := list.all}\n\tx[_] == 1',
    'x := {k: y | y := list[k]}\n\tx.name == 1',
  ])('a comprehension over it may hold anything: %j', body => {
    expect(messages(`package a\n\nf(list) if {\n\t${body}\n}\n`)).toEqual([]);
  });

  it('but an empty array holds nothing', () => {
    expect(messages('package a\n\nf(list) if {\n\tx := []\n\tx[0] == list\n}\n')).toEqual([
      'undefined ref: x[0]',
    ]);
  });
});
