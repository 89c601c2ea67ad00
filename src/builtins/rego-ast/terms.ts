import type { Body, Literal, RefPart, Template, Term, With } from '../../../grammar/index.ts';
import { compare, ObjectBuilder, ObjectValue, parseNumber, type Value } from '../../values/index.ts';
import { operators } from '../declarations.ts';

/** Fields of a node, without those that are undefined. */
export function node(fields: { readonly [name: string]: Value | undefined }): Value {
  const builder = new ObjectBuilder();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) builder.set(name, value);
  return builder.build();
}

function typed(type: string, value: Value): Value {
  return node({ type, value });
}

export function variable(name: string): Value {
  return typed('var', name);
}

export const trueTerm: Value = typed('boolean', true);

/** The terms of one module, for `_` is another variable each time: `$0`, `$1` … in the order of the text. */
export class TermWriter {
  private readonly wildcards: ReadonlyMap<number, string>;

  constructor(wildcards: readonly number[]) {
    const inOrder = wildcards.toSorted((a, b) => a - b);
    this.wildcards = new Map(inOrder.map((start, i) => [start, `$${i}`]));
  }

  body(body: Body | undefined): Value {
    if (body === undefined) return [node({ generated: true, index: 0, terms: trueTerm })];
    return body.literals.map((literal, index) => this.literal(literal, index));
  }

  term(term: Term): Value {
    switch (term.kind) {
      case 'null':
        return typed('null', ObjectValue.empty);
      case 'boolean':
      case 'string':
        return typed(term.kind, term.value);
      case 'number':
        return typed('number', parseNumber(term.text)!);
      case 'template':
        return this.template(term);
      case 'var':
        return this.variable(term.name, term.span.start);
      case 'ref':
        return typed('ref', [this.refHead(term.head), ...this.path(term.path)]);
      case 'call':
      case 'infix':
      case 'membership':
        return isEmptySet(term) ? typed('set', []) : typed('call', this.call(term));
      default:
        return this.collection(term);
    }
  }

  /** The parts of a reference after its head. */
  path(parts: readonly RefPart[]): readonly Value[] {
    return parts.map(part => (part.kind === 'dot' ? typed('string', part.name) : this.term(part.term)));
  }

  private variable(name: string, start: number): Value {
    if (name === 'input' || name === 'data') return typed('ref', [variable(name)]);
    return variable(name === '_' ? this.wildcards.get(start)! : name);
  }

  private refHead(head: Term): Value {
    return head.kind === 'var' ? variable(head.name) : this.term(head);
  }

  private collection(
    term: Extract<Term, { kind: 'array' | 'object' | 'set' | `${string}Comprehension` }>,
  ): Value {
    switch (term.kind) {
      case 'array':
        return typed(
          'array',
          term.items.map(item => this.term(item)),
        );
      case 'set':
        return typed('set', sorted(term.items.map(item => this.term(item))));
      case 'object':
        return typed(
          'object',
          term.entries.map(({ key, value }) => [this.term(key), this.term(value)]),
        );
      case 'objectComprehension': {
        const { key, value, body } = term;
        return typed(
          'objectcomprehension',
          node({ key: this.term(key), value: this.term(value), body: this.body(body) }),
        );
      }
      default: {
        const value = node({ term: this.term(term.term), body: this.body(term.body) });
        return typed(term.kind === 'setComprehension' ? 'setcomprehension' : 'arraycomprehension', value);
      }
    }
  }

  /** The function, then its operands. */
  private call(term: Extract<Term, { kind: 'call' | 'infix' | 'membership' }>): readonly Value[] {
    if (term.kind === 'infix')
      return [
        typed('ref', [variable(operators.get(term.operator)!)]),
        this.term(term.left),
        this.term(term.right),
      ];
    if (term.kind === 'membership') return this.membership(term.key, term.value, term.collection);
    const { function: name, args } = term;
    const path = name.kind === 'var' ? [] : this.path(name.path);
    const head = name.kind === 'var' ? variable(name.name) : this.refHead(name.head);
    return [typed('ref', [head, ...path]), ...args.map(argument => this.term(argument))];
  }

  private membership(key: Term | undefined, value: Term, collection: Term): readonly Value[] {
    const operands = key === undefined ? [value, collection] : [key, value, collection];
    const name = [variable('internal'), typed('string', `member_${operands.length}`)];
    return [typed('ref', name), ...operands.map(operand => this.term(operand))];
  }

  private template(term: Template): Value {
    const parts = term.parts.map(part =>
      part.kind === 'string' ? this.term(part) : this.expression(part.term, part.with, 0),
    );
    return typed('templatestring', node({ multi_line: term.raw, parts }));
  }

  private literal(literal: Literal, index: number): Value {
    switch (literal.kind) {
      case 'expr':
        return this.expression(literal.term, literal.with, index);
      case 'not':
        return this.expression(literal.term, literal.with, index, true);
      case 'some': {
        const symbols = literal.names.map(name => this.term(name));
        return node({ index, terms: node({ symbols }), with: this.modifiers(literal.with) });
      }
      case 'someIn': {
        const symbols = [typed('call', this.membership(literal.key, literal.value, literal.collection))];
        return node({ index, terms: node({ symbols }), with: this.modifiers(literal.with) });
      }
      case 'every': {
        const key = literal.key === undefined ? null : this.term(literal.key);
        const [value, domain] = [this.term(literal.value), this.term(literal.collection)];
        const terms = node({ key, value, domain, body: this.body(literal.body) });
        return node({ index, terms, with: this.modifiers(literal.with) });
      }
    }
  }

  private expression(term: Term, modifiers: readonly With[], index: number, negated?: true): Value {
    const isCall = term.kind === 'call' || term.kind === 'infix' || term.kind === 'membership';
    const terms = isCall && !isEmptySet(term) ? this.call(term) : this.term(term);
    return node({ index, negated, terms, with: this.modifiers(modifiers) });
  }

  private modifiers(modifiers: readonly With[]): Value | undefined {
    if (modifiers.length === 0) return undefined;
    return modifiers.map(({ target, value }) => node({ target: this.term(target), value: this.term(value) }));
  }
}

/** `set()`. */
function isEmptySet(term: Term): boolean {
  if (term.kind !== 'call' || term.args.length > 0) return false;
  return term.function.kind === 'var' && term.function.name === 'set';
}

/** OPA keeps a set in order; so far as its elements are plain, that order is that of their values. */
function sorted(terms: readonly Value[]): readonly Value[] {
  const plain = terms.every(term => ['string', 'number', 'boolean'].includes(typeOf(term)));
  return plain
    ? terms.toSorted((a, b) => compare((a as ObjectValue).get('value')!, (b as ObjectValue).get('value')!))
    : terms;
}

function typeOf(term: Value): string {
  return String((term as ObjectValue).get('type'));
}
