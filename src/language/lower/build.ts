import type {
  ArrayTerm,
  Body,
  BooleanTerm,
  BracketPart,
  Call,
  Else,
  ExprLiteral,
  Infix,
  InfixOperator,
  Literal,
  NotLiteral,
  NumberTerm,
  ObjectTerm,
  Ref,
  RefPart,
  Rule,
  SomeInLiteral,
  Span,
  StringTerm,
  Term,
  Var,
} from '../../../grammar/index.ts';

/**
 * Makes syntax trees that all carry one span: that of the piece of a statement they come from, so
 * that a message about them shows what the author wrote.
 */
export class Builder {
  readonly span: Span;

  constructor(span: Span) {
    this.span = span;
  }

  string(value: string): StringTerm {
    return { kind: 'string', span: this.span, value, raw: false };
  }

  number(value: number | bigint): NumberTerm {
    return { kind: 'number', span: this.span, text: String(value) };
  }

  boolean(value: boolean): BooleanTerm {
    return { kind: 'boolean', span: this.span, value };
  }

  var(name: string): Var {
    return { kind: 'var', span: this.span, name };
  }

  /** `head.a.b`; a term in brackets for what is no string. */
  ref(head: Term | string, ...path: readonly (string | Term)[]): Ref {
    const first = typeof head === 'string' ? this.var(head) : head;
    return { kind: 'ref', span: this.span, head: first, path: path.map(part => this.part(part)) };
  }

  /** A call of a function by its dotted name, or of a rule. */
  call(name: string, ...args: readonly Term[]): Call {
    const [first, ...rest] = name.split('.');
    const called = rest.length === 0 ? this.var(first!) : this.ref(first!, ...rest);
    return { kind: 'call', span: this.span, function: called, args };
  }

  array(items: readonly Term[]): ArrayTerm {
    return { kind: 'array', span: this.span, items };
  }

  strings(values: readonly string[]): ArrayTerm {
    return this.array(values.map(value => this.string(value)));
  }

  object(entries: Readonly<Record<string, Term | undefined>>): ObjectTerm {
    const given = Object.entries(entries).filter((entry): entry is [string, Term] => entry[1] !== undefined);
    return {
      kind: 'object',
      span: this.span,
      entries: given.map(([key, value]) => ({
        kind: 'entry',
        span: this.span,
        key: this.string(key),
        value,
      })),
    };
  }

  infix(left: Term, operator: InfixOperator, right: Term): Infix {
    return { kind: 'infix', span: this.span, operator, operatorSpan: this.span, left, right };
  }

  /** `[term | literals]` */
  collect(term: Term, ...literals: readonly Literal[]): Term {
    return { kind: 'arrayComprehension', span: this.span, term, body: this.body(literals) };
  }

  /** `{key: value | literals}` */
  collectObject(key: Term, value: Term, ...literals: readonly Literal[]): Term {
    return { kind: 'objectComprehension', span: this.span, key, value, body: this.body(literals) };
  }

  /** `every name in collection { literals }` */
  every(name: string, collection: Term, ...literals: readonly Literal[]): Literal {
    const value = this.var(name);
    return { kind: 'every', span: this.span, with: [], value, collection, body: this.body(literals) };
  }

  expr(term: Term): ExprLiteral {
    return { kind: 'expr', span: this.span, with: [], term };
  }

  /** `left operator right` as a literal. */
  test(left: Term, operator: InfixOperator, right: Term): ExprLiteral {
    return this.expr(this.infix(left, operator, right));
  }

  not(term: Term): NotLiteral {
    return { kind: 'not', span: this.span, with: [], term };
  }

  /** `name := value` */
  assign(name: string, value: Term): ExprLiteral {
    return this.test(this.var(name), ':=', value);
  }

  /** Holds where the term has a value, `false` too. */
  defined(term: Term): ExprLiteral {
    return this.test(this.var('_'), '=', term);
  }

  /** `some name in collection` */
  someIn(name: string, collection: Term): SomeInLiteral {
    return { kind: 'someIn', span: this.span, with: [], value: this.var(name), collection };
  }

  /** `some key, name in collection` */
  somePair(key: string, name: string, collection: Term): SomeInLiteral {
    return { ...this.someIn(name, collection), key: this.var(key) };
  }

  /** `value in collection` */
  member(value: Term, collection: Term): ExprLiteral {
    return this.expr({ kind: 'membership', span: this.span, value, collection });
  }

  body(literals: readonly Literal[]): Body {
    return { kind: 'body', span: this.span, literals };
  }

  /** `name := value if literals`, with `args` a function. Without literals it holds always. */
  rule(name: string, parts: RuleParts): Rule {
    const ref = {
      kind: 'headRef',
      span: this.span,
      name: { kind: 'name', span: this.span, text: name },
      path: [],
    } as const;
    const { args, key, value, literals, else: branches } = parts;
    return {
      kind: 'rule',
      span: this.span,
      default: false,
      chained: false,
      head: {
        kind: 'head',
        span: this.span,
        ref,
        ...(args && { args: args.map(argument => this.var(argument)) }),
        ...(key && { key }),
        ...(value && { value, assign: ':=' as const }),
      },
      ...(literals && literals.length > 0 && { body: this.body(literals) }),
      else: (branches ?? []).map(branch => this.else(branch)),
    };
  }

  private else({ value, literals }: Branch): Else {
    return {
      kind: 'else',
      span: this.span,
      value,
      assign: ':=',
      ...(literals.length > 0 && { body: this.body(literals) }),
    };
  }

  private part(part: string | Term): RefPart {
    if (typeof part === 'string') return { kind: 'dot', span: this.span, name: part };
    return { kind: 'bracket', span: this.span, term: part } satisfies BracketPart;
  }
}

export interface RuleParts {
  readonly args?: readonly string[];
  readonly key?: Term;
  readonly value?: Term;
  readonly literals?: readonly Literal[];
  readonly else?: readonly Branch[];
}

/** One value of a chain of `else`; without literals it is the last. */
export interface Branch {
  readonly value: Term;
  readonly literals: readonly Literal[];
}
