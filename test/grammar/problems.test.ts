import { describe, expect, it } from 'vitest';
import { problemsOf, problemsOfModule } from './reading.ts';

const messages = (text: string): (string | undefined)[] => problemsOf(text).map(each => each[1]);

describe('one run reports every error', () => {
  it('of a file, rule by rule', () => {
    const text = `p if {
  x == = 1
}

q := [1, 2

r := )

every := 1

s := 1`;
    expect(problemsOf(text).map(each => each[0])).toEqual(['=', 'r', ')', 'every']);
  });

  it('of a body, line by line', () => {
    const text = `p if {
  x == == 1
  y := 2
  count(z z)
  w; ; v
  [a | b b; c]
}
q := *`;
    expect(problemsOf(text).map(each => each[0])).toEqual(['==', 'z', ';', 'b', '*']);
  });

  it('and goes on after a body that is still open', () => {
    expect(problemsOf('p if {\n  x\n\nq if {\n  y\n}\nr := ]')).toEqual([
      ['if', 'unexpected keyword `if`, expected a new line, `;` or `}`', 'the `{` of line 2 is still open'],
      [']', 'unexpected `]`, expected a value'],
    ]);
  });

  it('once where it stands', () => {
    expect(problemsOf('p := 1 !! 2')).toEqual([['!!', 'unexpected "!!"']]);
  });
});

describe('messages', () => {
  it.each([
    ['p if {', 'unexpected end of the text, expected a condition'],
    ['p if { x', 'unexpected end of the text, expected a new line, `;` or `}`'],
    ['p := [1 2]', 'unexpected `2`, expected `,` or `]`'],
    ['p := {1 2}', 'unexpected `2`, expected `,`, `:` or `}`'],
    ['p := {1: 2 3}', 'unexpected `3`, expected `,` or `}`'],
    ['p := {1: 2, 3}', 'unexpected `}`, expected `:`'],
    ['p := f(1 2)', 'unexpected `2`, expected `,` or `)`'],
    ['p := x..y', 'unexpected `.`, expected a name'],
    ['p if every x in xs', 'unexpected end of the text, expected `{`'],
    ['p if x else 2', 'unexpected `2`, expected `:=`, `if` or `{`'],
    ['p := 1 }', 'unexpected `}`, expected the end of the line'],
    ['}', 'unexpected `}`, expected a rule'],
    ['p := "a" + if', 'unexpected keyword `if`, expected a value'],
    [`p := [1 "${'x'.repeat(100)}"]`, `unexpected \`"${'x'.repeat(38)}…\`, expected \`,\` or \`]\``],
  ])('%s', (text, message) => {
    expect(messages(text)).toEqual([message]);
  });
});

describe('hints', () => {
  it.each([
    ['p if x && y', '&', 'conditions are joined by a new line or `;`'],
    ['p if x and y', 'and', 'conditions are joined by a new line or `;`'],
    ['p if x || y', '|', 'for one or the other, write two rules of the same name'],
    ['p if !x', '!', 'write `not` to negate a condition'],
    ['p if x === y', '=', 'write `==` to compare'],
    ['p if f(x = y)', '=', 'write `==` to compare; `=` and `:=` stand on their own'],
    ['p if (x := y)', ':=', '`:=` makes a condition of its own; write `==` to compare'],
    ['p if { x [1] }', '[', 'without the space before it, `[` goes on with the term'],
    ['p := x; q := y', ';', 'rules stand on lines of their own; put conditions between `{` and `}`'],
    ['p if x if y', 'if', '`if` stands once in a rule, after its name or its value'],
    ['p := "\\q"', '\\q', 'write `\\\\` for a backslash, or put the text between backquotes'],
    ['p if x\u00a0== y', '\u00a0', 'use an ordinary space'],
    ['p if not not x', 'not', '`not` stands at the start of a condition'],
    ['p := f(x', '', 'the `(` of line 2 is still open'],
    ['p if x\nelse := 1\nelse := 2', 'else', '`else` follows the body of a rule'],
  ])('%j', (text, underlined, hint) => {
    const [problem] = problemsOf(text);
    expect([problem?.[0], problem?.[2]]).toEqual([underlined, hint]);
  });
});

describe('limits', () => {
  it('lets brackets nest 100 deep and no deeper', () => {
    const nested = (depth: number): string => `p := ${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(problemsOf(nested(100))).toEqual([]);
    expect(problemsOf(nested(101))).toEqual([['[', 'brackets are nested more than 100 deep']]);
    expect(problemsOf(`p := ${'{'.repeat(100_000)}`)).toHaveLength(1);
  });

  it('does not let operators or calls nest without brackets either', () => {
    expect(problemsOf(`p := ${'1 + '.repeat(500)}1`)).toEqual([]);
    expect(messages(`p := ${'1 + '.repeat(100_000)}1`)).toEqual(['one term has more than 500 operators']);
    expect(messages(`p := f${'(x).f'.repeat(100_000)}`)).toEqual(['one reference has more than 500 calls']);
  });

  it('reads long strings and long lines', () => {
    const long = `${'x'.repeat(1_000_000)}\\n`.repeat(2);
    expect(problemsOf(`p := "${long}"\nq := \`${long}\`\nr := $"${long}"`)).toEqual([]);
    expect(problemsOf(`p := "${'\\n'.repeat(1_000_000)}"`)).toEqual([]);
  });

  it('stops after a hundred errors', () => {
    expect(problemsOfModule(`package p\n${'p := ]\n'.repeat(1000)}`).length).toBeLessThanOrEqual(101);
  });
});
