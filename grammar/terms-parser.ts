import type { IOrAlt, IToken, ParserMethod } from 'chevrotain';
import type * as a from './ast.ts';
import { maximumChain } from './brackets.ts';
import { LiteralsParser } from './literals-parser.ts';
import { refNode } from './nodes.ts';
import { climb, infix, isBare, withKey } from './precedence.ts';
import * as t from './tokens.ts';

/**
 * Terms: references, calls and operators. The alternatives met most often are fields, made once
 * and not at every token.
 */
export abstract class TermsParser extends LiteralsParser {
  protected abstract readonly array: ParserMethod<[], a.Term>;
  protected abstract readonly braces: ParserMethod<[], a.Term>;

  /** expression = term [ "," term ] — with a comma, `key, value in collection` */
  readonly expression = this.RULE('expression', (): a.Term => {
    const first = this.SUBRULE(this.term);
    let keyed: a.Term | undefined;
    this.OPTION(() => {
      const comma = this.CONSUME(t.Comma);
      const second = this.SUBRULE2(this.term);
      keyed = this.ACTION(() => this.keyed(first, comma, second));
    });
    return keyed ?? first;
  });

  /** term = operand operations */
  readonly term = this.RULE('term', (): a.Term => {
    const first = this.SUBRULE(this.operand);
    return this.SUBRULE(this.operations, { ARGS: [first] });
  });

  /** operations = { operator operand } */
  readonly operations = this.RULE('operations', (first: a.Term): a.Term => {
    let chain: { readonly operands: a.Term[]; readonly operators: IToken[] } | undefined;
    this.MANY(() => {
      chain ??= { operands: [first], operators: [] };
      chain.operators.push(this.SUBRULE(this.operator));
      chain.operands.push(this.SUBRULE(this.operand));
    });
    return chain === undefined ? first : this.ACTION(() => this.tree(chain!.operands, chain!.operators));
  });

  /** operator = "in" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "|" | "&" | "+" | "-" | "*" | "/" | "%" */
  readonly operator = this.RULE('operator', (): IToken => this.OR(this.operators));
  private readonly operators = [
    { ALT: () => this.CONSUME(t.In) },
    { ALT: () => this.CONSUME(t.Equal) },
    { ALT: () => this.CONSUME(t.NotEqual) },
    { ALT: () => this.CONSUME(t.Less) },
    { ALT: () => this.CONSUME(t.LessEqual) },
    { ALT: () => this.CONSUME(t.Greater) },
    { ALT: () => this.CONSUME(t.GreaterEqual) },
    { ALT: () => this.CONSUME(t.Or) },
    { ALT: () => this.CONSUME(t.SuchThat) },
    { ALT: () => this.CONSUME(t.And) },
    { ALT: () => this.CONSUME(t.Plus) },
    { ALT: () => this.CONSUME(t.Minus) },
    { ALT: () => this.CONSUME(t.Times) },
    { ALT: () => this.CONSUME(t.Divide) },
    { ALT: () => this.CONSUME(t.Modulo) },
  ];

  /** operand = [ "-" ] primary { dotPart | bracketPart | arguments } — no space before a part */
  readonly operand = this.RULE('operand', (): a.Term => {
    const start = this.here();
    const minus = this.OPTION(() => this.CONSUME(t.Minus));
    const from = this.here();
    let term = this.SUBRULE(this.primary);
    let path: a.RefPart[] | undefined;
    let calls = 0;
    this.MANY(() => {
      path ??= [];
      this.OR([
        { ALT: () => path!.push(this.SUBRULE(this.dotPart)) },
        { ALT: () => path!.push(this.SUBRULE(this.bracketPart)) },
        {
          ALT: () => {
            const operator = this.ACTION(() => this.callee(from, term, path!));
            const args = this.SUBRULE(this.arguments);
            path = [];
            if (++calls === maximumChain)
              this.problem(this.since(from), `one reference has more than ${maximumChain} calls`);
            term = { kind: 'call', span: this.since(from), function: operator, args };
          },
        },
      ]);
    });
    if (path !== undefined) term = this.ACTION(() => this.refer(from, term, path!));
    return minus === undefined ? term : this.ACTION(() => this.negate(start, minus, term));
  });

  /** dotPart = "." name — a keyword is a name here */
  readonly dotPart = this.RULE('dotPart', (): a.DotPart => {
    const start = this.here();
    this.CONSUME(t.PartDot);
    const { image: name } = this.CONSUME(t.Identifier);
    return { kind: 'dot', span: this.since(start), name };
  });

  /** bracketPart = "[" expression "]" */
  readonly bracketPart = this.RULE('bracketPart', (): a.BracketPart => {
    const start = this.here();
    this.CONSUME(t.PartBracket);
    const term = this.SUBRULE(this.expression);
    this.CONSUME(t.RightBracket);
    return { kind: 'bracket', span: this.since(start), term };
  });

  /** arguments = "(" [ term elements ] ")" — no space before it */
  readonly arguments = this.RULE('arguments', (): readonly a.Term[] => {
    let args: readonly a.Term[] = [];
    this.CONSUME(t.CallParen);
    this.OPTION(() => {
      const first = this.SUBRULE(this.term);
      args = this.SUBRULE(this.elements, { ARGS: [first] });
    });
    this.CONSUME(t.RightParen);
    return args;
  });

  /** elements = { "," term } [ "," ] — what follows the first element of a list */
  readonly elements = this.RULE('elements', (first: a.Term): a.Term[] => {
    const items = [first];
    this.MANY({
      GATE: () => !this.endsList(),
      DEF: () => {
        this.CONSUME(t.Comma);
        items.push(this.SUBRULE(this.term));
      },
    });
    this.OPTION(() => this.CONSUME2(t.Comma));
    return items;
  });

  /** primary = variable | string | number | array | braces | parenthesised | template | "null" | "true" | "false" */
  readonly primary = this.RULE('primary', (): a.Term => this.OR(this.primaries));
  private readonly primaries: IOrAlt<a.Term>[] = [
    { ALT: () => this.SUBRULE(this.variable) },
    { ALT: () => this.SUBRULE(this.string) },
    { ALT: () => this.SUBRULE(this.number) },
    { ALT: () => this.SUBRULE(this.array) },
    { ALT: () => this.SUBRULE(this.braces) },
    { ALT: () => this.SUBRULE(this.parenthesised) },
    { ALT: () => this.SUBRULE(this.template) },
    { ALT: (): a.Term => ({ kind: 'null', span: this.spanOf(this.CONSUME(t.Null)) }) },
    { ALT: (): a.Term => ({ kind: 'boolean', span: this.spanOf(this.CONSUME(t.True)), value: true }) },
    { ALT: (): a.Term => ({ kind: 'boolean', span: this.spanOf(this.CONSUME(t.False)), value: false }) },
  ];

  /** parenthesised = "(" expression ")" — its span includes the parentheses */
  readonly parenthesised = this.RULE('parenthesised', (): a.Term => {
    const start = this.here();
    this.CONSUME(t.LeftParen);
    const term = this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
    return { ...term, span: this.since(start) };
  });

  private tree(operands: readonly a.Term[], operators: readonly IToken[]): a.Term {
    if (operators.length > maximumChain) {
      const span = this.spanOf(operators[maximumChain]!);
      this.problem(span, `one term has more than ${maximumChain} operators`);
      return operands[0]!;
    }
    return climb(operands, operators);
  }

  /** `key, value in collection`: a comma means nothing else here. */
  private keyed(key: a.Term, comma: IToken, term: a.Term): a.Term {
    const keyed = withKey(key, term);
    if (keyed === undefined || isBare(key))
      this.problem(this.spanOf(comma), 'unexpected `,`: only `key, value in collection` has one here');
    return keyed ?? key;
  }

  /** `head` with what is written after it, which only some terms can have. */
  private refer(start: number, head: a.Term, path: readonly a.RefPart[]): a.Term {
    if (path.length > 0 && (partless.has(head.kind) || this.isDocument(start, head)))
      this.problem(head.span, `${partless.get(head.kind) ?? partless.get('ref')} has no parts to refer to`);
    return refNode(this.since(start), head, path);
  }

  /** `(input)` and `(data)`: references, though they have no parts yet. */
  private isDocument(start: number, head: a.Term): boolean {
    if (head.kind !== 'var' || (head.name !== 'input' && head.name !== 'data')) return false;
    return this.reading.text.charAt(start) === '(';
  }

  /** What a call calls: a name, or a reference that starts with one. */
  private callee(start: number, head: a.Term, path: readonly a.RefPart[]): a.Var | a.Ref {
    const callee = this.refer(start, head, path);
    const enclosed = path.length === 0 && (head.kind === 'ref' || this.isDocument(start, head));
    if (!enclosed && (callee.kind === 'var' || callee.kind === 'ref')) return callee;
    this.problem(head.span, 'this cannot be called: only a function has arguments');
    return { kind: 'var', span: head.span, name: '' };
  }

  /** A negative number, or what is taken from zero: `-x.y` is `0 - x.y`. */
  private negate(start: number, minus: IToken, term: a.Term): a.Term {
    const span = this.since(start);
    if (term.kind === 'number') return { kind: 'number', span, text: `-${term.text}` };
    if (!negatable.has(term.kind) || this.reading.text.charAt(term.span.start) === '(')
      this.problem(span, '`-` may only stand before a number, a name, a reference or a call');
    return infix({ kind: 'number', span: this.spanOf(minus), text: '0' }, minus, term);
  }
}

const negatable: ReadonlySet<a.Term['kind']> = new Set(['var', 'ref', 'call']);

/** Terms that `.x` and `[x]` cannot follow, in words. A reference gets there by parentheses. */
const partless: ReadonlyMap<a.Term['kind'], string> = new Map([
  ['null', 'null'],
  ['boolean', 'a boolean'],
  ['number', 'a number'],
  ['string', 'a string'],
  ['template', 'a template string'],
  ['ref', 'a reference in parentheses'],
]);
