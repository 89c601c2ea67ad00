import { describe, expect, it } from 'vitest';
import type { Rule } from '../../grammar/index.ts';
import { conditions, moduleOf, problemsOf, problemsOfModule, ruleOf, shape } from './reading.ts';

/** A rule as text, in the manner of `shape`. */
function written({ default: isDefault, chained, head, body, else: branches }: Rule): string {
  const path = head.ref.path.map(part => (part.kind === 'dot' ? `.${part.name}` : `[${shape(part.term)}]`));
  const parts = [isDefault ? 'default ' : '', chained ? 'chained ' : '', head.ref.name.text, ...path];
  if (head.args) parts.push(`(${head.args.map(shape).join(', ')})`);
  if (head.key) parts.push(` contains ${shape(head.key)}`);
  if (head.value) parts.push(` ${head.assign} ${shape(head.value)}`);
  if (body) parts.push(` if { ${conditions(body)} }`);
  for (const branch of branches) {
    parts.push(' else');
    if (branch.value) parts.push(` ${branch.assign} ${shape(branch.value)}`);
    if (branch.body) parts.push(` if { ${conditions(branch.body)} }`);
  }
  return parts.join('');
}

describe('rules of v1', () => {
  it.each([
    ['p := 1', 'p := 1'],
    ['p = 1', 'p = 1'],
    ['p if true', 'p if { true }'],
    ['p if { x\ny }', 'p if { x; y }'],
    ['p := x if { x }', 'p := x if { x }'],
    ['p contains x', 'p contains x'],
    ['p contains x if y', 'p contains x if { y }'],
    ['p[x] if y', 'p[x] if { y }'],
    ['p.q[x].r := 1 if y', 'p.q[x].r := 1 if { y }'],
    ['p.q contains x', 'p.q contains x'],
    ['f(x, [y]) := z if w', 'f(x, [y]) := z if { w }'],
    ['a.b.f(x) if y', 'a.b.f(x) if { y }'],
    ['f (x) if y', 'f(x) if { y }'],
    ['default p := 1', 'default p := 1'],
    ['default p = [x | x := 1]', 'default p = [x | (x := 1)]'],
    ['default f(_, _) := 1', 'default f(_, _) := 1'],
    ['p if[1]', 'p if { [1] }'],
    ['f(x) if[x]', 'f(x) if { [x] }'],
    ['p.q contains[1] if true', 'p.q contains [1] if { true }'],
    ['p if true with input as[1]with data.x as 2', 'p if { true with input as [1] with data.x as 2 }'],
    ['not.p := 1', 'not.p := 1'],
    ['p.default.contains := 1', 'p.default.contains := 1'],
    ['p := 1 if x else := 2 if y else := 3', 'p := 1 if { x } else := 2 if { y } else := 3'],
    ['p if { x } else if { y }', 'p if { x } else if { y }'],
    ['p if { x }\nelse := 2 if y', 'p if { x } else := 2 if { y }'],
    ['p\nif\n{ x }', 'p if { x }'],
    ['(p) := 1', 'p := 1'],
    ['((p).q.r) = 1', 'p.q.r = 1'],
    ['(f(x)) := 1', 'f(x) := 1'],
    ['(f)(x)', 'f(x)'],
    ['p .q if x', 'p.q if { x }'],
    ['p [x] contains y', 'p[x] contains y'],
  ])('%j', (text, meaning) => {
    expect(written(ruleOf(text))).toBe(meaning);
  });

  it.each([
    ['p if {}', '{}'],
    ['p if {"a": 1}', '{"a": 1}'],
    ['p if {x | x}', 'set{x | x}'],
    ['p if {1, 2} == x', '(set{1, 2} == x)'],
    ['p if {x}[y]', 'set{x}[y]'],
    ['p if {f(x)}', 'f(x)'],
    ['p if { a | b; c }', 'set{a | b; c}'],
    ['p if { x := {"a": 1} }', '(x := {"a": 1})'],
  ])('%j: braces hold conditions unless they can only be a value', (text, meaning) => {
    expect(conditions(ruleOf(text).body!)).toBe(meaning);
  });

  it('share their head with the bodies that follow', () => {
    const { items } = moduleOf('package p\nf(x) := 1 if { x } { y }\n{ z }');
    expect(items.map(item => written(item as Rule))).toEqual([
      'f(x) := 1 if { x }',
      'chained f(x) := 1 if { y }',
      'chained f(x) := 1 if { z }',
    ]);
  });

  it('may stand on one line', () => {
    expect(moduleOf('package p q := 1 r := 2').items).toHaveLength(2);
  });

  it.each([
    ['p { x }', [['{', 'a rule body begins with `if`', 'write `if {`']]],
    ['p[x]', [['p[x]', 'a rule that makes a set says `contains`', 'write `p contains x`']]],
    ['p', [['p', 'a rule has a value, a body, or both', 'write `p := true`, or a body after `if`']]],
    ['every := 1', [['every', '`every` is a keyword and cannot name a rule']]],
    ['p := 1 if x else {y}', [['{', 'a rule body begins with `if`', 'write `if {`']]],
    [
      'p := 1 else := 2',
      [
        [
          'else',
          'unexpected keyword `else`, expected the end of the line',
          '`else` follows the body of a rule',
        ],
      ],
    ],
    ['p contains x if y else := 2', [['else', '`else` cannot follow a rule that makes a set or an object']]],
    ['p[x] if y else := 2', [['else', '`else` cannot follow a rule with variables in its head']]],
    [
      'f(x) contains y',
      [['f(x) contains y', 'a function cannot be a set: `contains` and arguments do not go together']],
    ],
    ['(p)', [['(p)', 'a rule whose name stands in parentheses has a value', 'leave them out']]],
    ['(p.q)[x] := 1', [['(p.q)', 'a rule has a name, to which parts and arguments may be added']]],
    [
      'p .q := 1',
      [
        [
          'p .q',
          'nothing may stand between `p` and what follows it',
          'only before `contains` or `if` may a space stand there',
        ],
      ],
    ],
    ['f()', [['f()', 'a function has an argument, a value or a body']]],
    [
      'default p := [x]',
      [['x', 'the value of a default rule cannot hold a variable, a reference or a call']],
    ],
    ['default f([x]) := 1', [['[x]', 'the arguments of a default function are variables']]],
    ['default f(x, x) := 1', [['x', '`x` is an argument of this default function twice']]],
    ['default p contains 1', [['p contains 1', 'a default rule has a value', 'write `default p := value`']]],
    ['p if {1, 2}', [[',', 'unexpected `,`: only `key, value in collection` has one here']]],
    [
      'p == 1',
      [
        ['p', 'a rule has a value, a body, or both', 'write `p := true`, or a body after `if`'],
        ['==', 'unexpected `==`, expected the end of the line', 'write `:=` to give a rule its value'],
      ],
    ],
  ])('%j is refused', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });
});

describe('rules of v0', () => {
  it.each([
    ['p { x }', 'p if { x }'],
    ['p[x] { y }', 'p contains x if { y }'],
    ['p[x]', 'p contains x'],
    ['p.q { y }', 'p contains "q" if { y }'],
    ['p[x] = y { z }', 'p[x] = y if { z }'],
    ['p = x { y }', 'p = x if { y }'],
    ['f(x) = y { z } else = w { v }', 'f(x) = y if { z } else = w if { v }'],
    ['p { a | b }', 'p if { (a | b) }'],
    ['if = 1', 'if = 1'],
    ['in { contains }', 'in if { contains }'],
  ])('%j', (text, meaning) => {
    expect(written(ruleOf(text, { version: 'v0' }))).toBe(meaning);
  });

  it('know a keyword once it is imported', () => {
    const items = (text: string) =>
      moduleOf(text, { version: 'v0' }).items.map(item => written(item as Rule));
    expect(items('package p\nimport future.keywords.every\nq { every x in y { x } }')).toEqual([
      'q if { every x in y { x } }',
    ]);
    expect(items('package p\nimport future.keywords\nq contains x if { some x in y }\nr { z }')).toHaveLength(
      2,
    );
  });

  it('are as strict as v1 after `import rego.v1`', () => {
    expect(problemsOf('import rego.v1\nq { x }', { version: 'v0' })).toEqual([
      ['{', 'a rule body begins with `if`', 'write `if {`'],
    ]);
  });

  it('hint at the import that is missing', () => {
    expect(problemsOf('q { some x in y }', { version: 'v0' })).toEqual([
      [
        'in',
        'unexpected `in`, expected a new line, `;` or `}`',
        'in Rego v0, write `import future.keywords.in` or `import rego.v1` first',
      ],
    ]);
  });

  it('have no template strings', () => {
    expect(problemsOf('q = $"{x}"', { version: 'v0' })).toEqual([
      ['$"{x}"', 'Rego v0 has no template strings', 'use `sprintf`'],
    ]);
  });
});

describe('package and imports', () => {
  it('take names, strings and keywords', () => {
    const module = moduleOf(
      'package if.not["a b"]\nimport data.x["y"].else as z\nimport input\nimport rego.v1',
    );
    expect(module.package.path).toEqual(['if', 'not', 'a b']);
    expect(module.imports.map(each => [each.path, each.alias?.text])).toEqual([
      [['data', 'x', 'y', 'else'], 'z'],
      [['input'], undefined],
      [['rego', 'v1'], undefined],
    ]);
  });

  it.each([
    [
      'import foo.bar',
      ['foo.bar', 'an import begins with `data`, `input`, `future` or `rego`, not with `foo`'],
    ],
    [
      'import data.x.if',
      ['data.x.if', 'an import cannot end with the keyword `if`', 'give it another name with `as`'],
    ],
    ['import data.x as input', ['input', '`input` cannot be the name of an import']],
    ['import data[x]', ['x', 'a path holds names and strings only']],
    [
      'import future.keywords.foo',
      ['future.keywords.foo', '`foo` is not a keyword of the future: there are if, contains, in, every'],
    ],
    ['import rego.v1 as x', ['x', '`rego.v1` cannot have another name']],
    ['package q', ['package q', 'a module has one package, at its start']],
  ])('%s is refused', (text, problem) => {
    expect(problemsOf(text)[0]?.slice(0, problem.length)).toEqual(problem);
  });

  it('need a package', () => {
    const hint = 'write `package name` above';
    expect(problemsOfModule('')).toEqual([['', 'a module begins with its package', hint]]);
    expect(problemsOfModule('p := 1')).toEqual([['p', 'a module begins with its package', hint]]);
  });
});

describe('comments', () => {
  it('are kept with their places', () => {
    const text = '# a\r\npackage p # b\n#\np := "# no" # c';
    const { comments } = moduleOf(text);
    expect(comments.map(({ span, text: inner }) => [text.slice(span.start, span.end), inner])).toEqual([
      ['# a', ' a'],
      ['# b', ' b'],
      ['#', ''],
      ['# c', ' c'],
    ]);
  });
});
