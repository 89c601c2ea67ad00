import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../../src/base/index.ts';
import { checkPolicy } from '../../../src/language/index.ts';

/** The first rule of a module in normal form. */
function rule(text: string) {
  const source = new SourceFile('a.rego', `package t\n\n${text}\n`);
  const { checked, diagnostics } = checkPolicy([{ source }]);
  if (!checked) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return checked.rules[0]!;
}

describe('names', () => {
  it('of rules and imports are paths below data and input', () => {
    const { branches } = rule('import input.a.b as c\nimport data.lib\np := [q, c.d, lib.x]\nq := 1');
    const paths = branches[0]!.body.goals.flatMap(goal =>
      goal.kind === 'unify' && goal.right.kind === 'array' ? goal.right.items : [],
    );
    const value = branches[0]!.value;
    const items = value.kind === 'array' ? value.items : paths;
    const shown = items.map(item =>
      item.kind === 'ref'
        ? [item.head.kind, ...item.path.map(part => (part.kind === 'const' ? part.value : '?'))].join('.')
        : item.kind,
    );
    expect(shown).toEqual(['data.t.q', 'input.a.b.d', 'data.lib.x']);
  });

  it('of imports come before those of rules', () => {
    const { branches } = rule('import input.q\np if q\nq := 1');
    expect(branches[0]!.body.goals[0]).toMatchObject({ operand: { kind: 'ref', head: { kind: 'input' } } });
  });

  it('that are declared in a body hide rules there, each scope its own', () => {
    const { locals } = rule('p if { x := 1; [x | x := 2]; some y in [x]; y == x }\nx := 3');
    const named = locals.filter(local => !local.generated).map(local => local.name);
    expect(named).toEqual(['x', 'x', 'y']);
  });

  it('of wildcards are never the same', () => {
    const { locals } = rule('p if { input.a[_] == input.b[_] }');
    expect(locals.filter(local => local.name === '_')).toHaveLength(2);
  });
});

describe('calls', () => {
  it('stand alone, the inner before the outer', () => {
    const { branches } = rule('p if { count(split(upper(input.x), ",")) > 1 }');
    const names = branches[0]!.body.goals.flatMap(goal =>
      goal.kind === 'call' && goal.target.kind === 'builtin' ? [goal.target.name] : [],
    );
    expect(names).toEqual(['upper', 'split', 'count', 'gt']);
  });

  it('take an argument beyond their own as their output', () => {
    const { branches } = rule('p if { plus(1, 2, x); x == 3 }');
    const [goal] = branches[0]!.body.goals;
    expect(goal).toMatchObject({
      kind: 'call',
      args: [{ value: 1 }, { value: 2 }],
      output: { kind: 'local' },
    });
  });

  it.each([
    ['assign(x, 1)', ':='],
    ['eq(x, 1)', '='],
    ['equal(1, 1)', '=='],
  ])('%s is the operator', (call, operator) => {
    const { branches } = rule(`p if { ${call} }`);
    expect(branches[0]!.body.goals[0]).toMatchObject({ kind: 'unify', operator });
  });
});

describe('heads', () => {
  it('have a constant path and what follows it', () => {
    const { path, dynamicPath, kind } = rule('p.q["r s"][x].y contains 1 if { x := "k" }');
    expect(path).toEqual(['t', 'p', 'q', 'r s']);
    expect(dynamicPath.map(part => part.kind)).toEqual(['local', 'const']);
    expect(kind).toBe('partialSet');
  });

  it('without arguments between their parentheses are no functions', () => {
    expect(rule('f() := 1')).toMatchObject({ kind: 'complete' });
  });
});
