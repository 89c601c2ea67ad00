import { describe, expect, it } from 'vitest';
import { parseModule, parseQuery, type Span } from '../../grammar/index.ts';
import { shape, termOf } from './reading.ts';

const source = `package acme.lib

import data.a["b"].c as d

default p := {"a": [1, -2]}
p := x if { x := input.a.b[_]; not x in d } else := -1 if y
f(a, [b]) := (a + b) * -c.d if {
  some k, v in {k: v | v := xs[k]} with input as {"z": 1}
  every e in [e | e > 1] { $"a{e}b{f(e)[0]}" }
} { count({1, 2} | {x | y}) }
q.r[s] contains \`raw\` if (a == b)
`;

interface Node {
  readonly kind: string;
  readonly span: Span;
}

/** Every node of a tree with its parent. */
function* nodesOf(value: unknown, parent?: Node): Generator<[node: Node, parent: Node | undefined]> {
  if (typeof value !== 'object' || value === null) return;
  const isNode = 'span' in value && 'kind' in value;
  if (isNode) yield [value as Node, parent];
  for (const child of Object.values(value)) yield* nodesOf(child, isNode ? (value as Node) : parent);
}

describe('spans', () => {
  const { module } = parseModule(source);
  const texts = (kind: string): string[] =>
    [...nodesOf(module)]
      .filter(([node]) => node.kind === kind)
      .map(([{ span }]) => source.slice(span.start, span.end));

  it.each([
    ['package', ['package acme.lib']],
    ['import', ['import data.a["b"].c as d']],
    [
      'head',
      [
        'p := {"a": [1, -2]}',
        'p := x',
        'f(a, [b]) := (a + b) * -c.d',
        'f(a, [b]) := (a + b) * -c.d',
        'q.r[s] contains `raw`',
      ],
    ],
    ['headRef', ['p', 'p', 'f', 'f', 'q.r[s]']],
    ['else', ['else := -1 if y']],
    ['with', ['with input as {"z": 1}']],
    ['template', ['$"a{e}b{f(e)[0]}"']],
    ['templateExpression', ['{e}', '{f(e)[0]}']],
    ['call', ['f(e)', 'count({1, 2} | {x | y})']],
    ['objectComprehension', ['{k: v | v := xs[k]}']],
    ['bracket', ['[_]', '[k]', '[0]', '[s]']],
    ['not', ['not x in d']],
    ['someIn', ['some k, v in {k: v | v := xs[k]} with input as {"z": 1}']],
    ['every', ['every e in [e | e > 1] { $"a{e}b{f(e)[0]}" }']],
    ['entry', ['"a": [1, -2]', '"z": 1']],
  ])('of %s are exact', (kind, expected) => {
    expect(texts(kind)).toEqual(expected);
  });

  it('of a chained body cover it and its braces', () => {
    expect(texts('rule').at(-2)).toBe('{ count({1, 2} | {x | y}) }');
  });

  it('of infix terms include the parentheses written around their operands, and their own', () => {
    const term = termOf('(a + b) * (c)');
    expect(term.span).toEqual({ start: 0, end: 13 });
    expect(term.kind === 'infix' && [term.left.span, term.operatorSpan, term.right.span]).toEqual([
      { start: 0, end: 7 },
      { start: 8, end: 9 },
      { start: 10, end: 13 },
    ]);
  });

  it('lie inside those of their parents', () => {
    for (const [node, parent] of nodesOf(module)) {
      // A chained rule has the head of the first, which stands before it.
      if (parent?.kind === 'rule' && node.kind === 'head') continue;
      expect(node.span.start).toBeGreaterThanOrEqual(parent?.span.start ?? 0);
      expect(node.span.end).toBeLessThanOrEqual(parent?.span.end ?? source.length);
    }
  });

  it('hold the text of their terms', () => {
    const terms = [
      'ref',
      'call',
      'array',
      'object',
      'set',
      'infix',
      'template',
      'arrayComprehension',
      'string',
    ];
    for (const [node] of nodesOf(module)) {
      if (!terms.includes(node.kind)) continue;
      const { body } = parseQuery(source.slice(node.span.start, node.span.end));
      const literal = body?.literals[0];
      // The parts of a template are strings without quotes.
      if (node.kind === 'string' && !/^["`]/u.test(source.slice(node.span.start))) continue;
      expect(literal?.kind === 'expr' && shape(literal.term)).toBe(
        shape(node as Parameters<typeof shape>[0]),
      );
    }
  });
});
