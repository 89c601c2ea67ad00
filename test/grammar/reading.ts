import { expect } from 'vitest';
import {
  type Body,
  type Literal,
  type Module,
  type ParseOptions,
  parseModule,
  parseQuery,
  type Rule,
  type Statement,
  type Term,
} from '../../grammar/index.ts';

/** The module of a text that must be right. */
export function moduleOf(text: string, options: ParseOptions = {}): Module {
  const { module, problems } = parseModule(text, options);
  expect(problems).toEqual([]);
  return module!;
}

/** The one rule of `package p` and this text. */
export function ruleOf(text: string, options: ParseOptions = {}): Rule {
  const [rule, ...more] = moduleOf(`package p\n${text}`, options).items;
  expect(more).toEqual([]);
  expect(rule?.kind).toBe('rule');
  return rule as Rule;
}

export function statementOf(text: string): Statement {
  const [statement, ...more] = moduleOf(`package p\n${text}`, { dialect: 'policy' }).items;
  expect(more).toEqual([]);
  expect(statement?.kind).toBe('statement');
  return statement as Statement;
}

export function bodyOf(text: string): Body {
  const { body, problems } = parseQuery(text);
  expect(problems).toEqual([]);
  return body!;
}

/** The term that is the one condition of a query. */
export function termOf(text: string): Term {
  const [literal, ...more] = bodyOf(text).literals;
  expect(more).toEqual([]);
  if (literal?.kind !== 'expr') throw new Error(`not a term: ${text}`);
  return literal.term;
}

/** Each problem of `package p` and this text as [underlined text, message, hint]. */
export function problemsOf(text: string, options: ParseOptions = {}): string[][] {
  return problemsOfModule(`package p\n${text}`, options);
}

export function problemsOfModule(text: string, options: ParseOptions = {}): string[][] {
  return parseModule(text, options).problems.map(({ span, message, hint }) => {
    const told = [text.slice(span.start, span.end), message];
    return hint === undefined ? told : [...told, hint];
  });
}

/** A term as text with every grouping in parentheses: what the tree says, whatever was written. */
export function shape(term: Term): string {
  switch (term.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(term.value);
    case 'number':
      return term.text;
    case 'string':
      return JSON.stringify(term.value);
    case 'var':
      return term.name;
    case 'ref':
      return (
        shape(term.head) +
        term.path.map(part => (part.kind === 'dot' ? `.${part.name}` : `[${shape(part.term)}]`)).join('')
      );
    case 'call':
      return `${shape(term.function)}(${term.args.map(shape).join(', ')})`;
    case 'array':
      return `[${term.items.map(shape).join(', ')}]`;
    case 'set':
      return `set{${term.items.map(shape).join(', ')}}`;
    case 'object':
      return `{${term.entries.map(entry => `${shape(entry.key)}: ${shape(entry.value)}`).join(', ')}}`;
    case 'infix':
      return `(${shape(term.left)} ${term.operator} ${shape(term.right)})`;
    case 'membership':
      return `(${term.key ? `${shape(term.key)}, ` : ''}${shape(term.value)} in ${shape(term.collection)})`;
    case 'arrayComprehension':
      return `[${shape(term.term)} | ${conditions(term.body)}]`;
    case 'setComprehension':
      return `set{${shape(term.term)} | ${conditions(term.body)}}`;
    case 'objectComprehension':
      return `{${shape(term.key)}: ${shape(term.value)} | ${conditions(term.body)}}`;
    case 'template':
      return `$"${term.parts.map(part => (part.kind === 'string' ? part.value : `{${shape(part.term)}}`)).join('')}"`;
  }
}

/** A body as text, in the manner of `shape`. */
export function conditions(body: Body): string {
  return body.literals.map(condition).join('; ');
}

function condition(literal: Literal): string {
  const withs = literal.with.map(each => ` with ${shape(each.target)} as ${shape(each.value)}`).join('');
  switch (literal.kind) {
    case 'expr':
      return shape(literal.term) + withs;
    case 'not':
      return `not ${shape(literal.term)}${withs}`;
    case 'some':
      return `some ${literal.names.map(shape).join(', ')}`;
    case 'someIn':
      return `some ${domain(literal)}${withs}`;
    case 'every':
      return `every ${domain(literal)} { ${conditions(literal.body)} }${withs}`;
  }
}

const domain = ({ key, value, collection }: { key?: Term; value: Term; collection: Term }): string =>
  `${key ? `${shape(key)}, ` : ''}${shape(value)} in ${shape(collection)}`;
