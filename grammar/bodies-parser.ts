import type { IToken } from 'chevrotain';
import type * as a from './ast.ts';
import { CollectionsParser } from './collections-parser.ts';
import { everyNode, someInNode } from './nodes.ts';
import { infix } from './precedence.ts';
import * as t from './tokens.ts';

/** Bodies: conditions one after another, each with its `with` modifiers. */
export abstract class BodiesParser extends CollectionsParser {
  /** bracedBody = "{" body "}" */
  readonly bracedBody = this.RULE('bracedBody', (): a.Body => {
    this.CONSUME(t.LeftBrace);
    const body = this.SUBRULE(this.body);
    this.CONSUME(t.RightBrace);
    return body;
  });

  /** body = literal { ( ";" | newline ) literal } */
  readonly body = this.RULE('body', (): a.Body => {
    const start = this.here();
    const literals: a.Literal[] = [];
    const read = (literal: a.Literal | undefined): void => {
      if (literal !== undefined) literals.push(literal);
    };
    read(this.recovering(() => this.SUBRULE(this.literal), this.nextCondition));
    this.MANY({
      GATE: () => this.next(t.Semicolon) || this.beginsLine(),
      DEF: () => {
        this.OPTION(() => this.CONSUME(t.Semicolon));
        read(this.recovering(() => this.SUBRULE2(this.literal), this.nextCondition));
      },
    });
    return { kind: 'body', span: this.since(start), literals };
  });

  /** literal = someNames | someIn | every | not | condition */
  readonly literal = this.RULE('literal', (): a.Literal => {
    this.ACTION(() => this.keywordAsName());
    return this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => this.SUBRULE(this.condition) },
        { ALT: () => this.SUBRULE(this.not) },
        { GATE: () => this.declaresNames(), ALT: () => this.SUBRULE(this.someNames) },
        { ALT: () => this.SUBRULE(this.someIn) },
        { ALT: () => this.SUBRULE(this.every) },
      ],
    });
  });

  /** condition = assignment modifiers */
  readonly condition = this.RULE('condition', (): a.ExprLiteral => {
    const start = this.here();
    const term = this.SUBRULE(this.assignment);
    const withs = this.SUBRULE(this.modifiers);
    return { kind: 'expr', span: this.since(start), with: withs, term };
  });

  /** not = "not" assignment modifiers */
  readonly not = this.RULE('not', (): a.NotLiteral => {
    const start = this.here();
    this.CONSUME(t.Not);
    const term = this.SUBRULE(this.assignment);
    const withs = this.SUBRULE(this.modifiers);
    return { kind: 'not', span: this.since(start), with: withs, term };
  });

  /** assignment = expression [ ( ":=" | "=" ) expression ] */
  readonly assignment = this.RULE('assignment', (): a.Term => {
    const left = this.SUBRULE(this.expression);
    let operator: IToken | undefined;
    let right: a.Term | undefined;
    this.OPTION(() => {
      operator = this.OR([{ ALT: () => this.CONSUME(t.Assign) }, { ALT: () => this.CONSUME(t.Unify) }]);
      right = this.SUBRULE2(this.expression);
    });
    return operator && right ? this.ACTION(() => infix(left, operator!, right!)) : left;
  });

  /** someNames = "some" name { "," name } */
  readonly someNames = this.RULE('someNames', (): a.SomeLiteral => {
    const start = this.here();
    const names: a.Var[] = [];
    this.CONSUME(t.Some);
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => {
        const name = this.CONSUME(t.Identifier);
        names.push({ kind: 'var', span: this.spanOf(name), name: name.image });
      },
    });
    return { kind: 'some', span: this.since(start), with: noModifiers, names };
  });

  /** someIn = "some" expression modifiers — the expression is `value in collection`, `key, value in collection` */
  readonly someIn = this.RULE('someIn', (): a.SomeInLiteral => {
    const start = this.here();
    this.CONSUME(t.Some);
    const term = this.SUBRULE(this.expression);
    const domain = this.ACTION(() => this.domain(term, '`some` is followed by names, or by `x in xs`'));
    const withs = this.SUBRULE(this.modifiers);
    return this.ACTION(() => someInNode(this.since(start), domain, withs));
  });

  /** every = "every" expression bracedBody modifiers — the expression is `x in xs`, `k, x in xs` */
  readonly every = this.RULE('every', (): a.EveryLiteral => {
    const start = this.here();
    this.CONSUME(t.Every);
    const term = this.SUBRULE(this.expression);
    const domain = this.ACTION(() => this.named(this.domain(term, '`every` is followed by `x in xs`')));
    const body = this.SUBRULE(this.bracedBody);
    const withs = this.SUBRULE(this.modifiers);
    return everyNode(this.since(start), domain, body, withs);
  });

  /** modifiers = { with } */
  readonly modifiers = this.RULE('modifiers', (): readonly a.With[] => {
    let withs: a.With[] | undefined;
    this.MANY(() => {
      withs ??= [];
      withs.push(this.SUBRULE(this.with));
    });
    return withs ?? noModifiers;
  });

  /** with = "with" operand "as" expression — the operand is a name or a reference */
  readonly with = this.RULE('with', (): a.With => {
    const start = this.here();
    this.CONSUME(t.With);
    const keyword = this.next(t.Contains);
    const place = this.SUBRULE(this.operand);
    this.CONSUME(t.As);
    const value = this.SUBRULE(this.expression);
    const target = this.ACTION(() => this.target(place, keyword));
    return { kind: 'with', span: this.since(start), target, value };
  });

  /** Whether a line begins here; a keyword that begins it may be a name. */
  private beginsLine(): boolean {
    if (!this.onNewLine()) return false;
    this.keywordAsName();
    return true;
  }

  /** Whether `some` is followed by names alone, and not by `x in xs`. */
  private declaresNames(): boolean {
    let ahead = 2;
    while (this.next(t.Identifier, ahead) && this.next(t.Comma, ahead + 1)) ahead += 2;
    if (!this.next(t.Identifier, ahead)) return false;
    const after = this.LA(ahead + 1).tokenType;
    if (after === t.In || after === t.PartDot || after === t.PartBracket || after === t.CallParen)
      return false;
    return !t.afterTerm.has(after) || after === t.Assign || after === t.Unify;
  }

  /** Whether a rule seems to begin with a token that stands first on its line. */
  protected abstract startsItem(token: IToken): boolean;

  private domain(term: a.Term, message: string): a.Membership {
    if (term.kind === 'membership') return term;
    this.problem(term.span, message);
    return { kind: 'membership', span: term.span, value: term, collection: term };
  }

  /** The domain of an `every`, whose key and value are variables. */
  private named(domain: a.Membership): { key?: a.Var; value: a.Var; collection: a.Term } {
    const { key, value, collection } = domain;
    const variable = (term: a.Term): a.Var => {
      if (term.kind === 'var' && term.name !== 'input' && term.name !== 'data') return term;
      this.problem(term.span, '`every` can only bind a variable here');
      return { kind: 'var', span: term.span, name: '_' };
    };
    const named = { value: variable(value), collection };
    return key === undefined ? named : { key: variable(key), ...named };
  }

  private target(place: a.Term, keyword: boolean): a.Var | a.Ref {
    if (!keyword && place.kind === 'var') return place;
    if (!keyword && place.kind === 'ref' && place.head.kind === 'var') return place;
    this.problem(place.span, '`with` replaces `input`, `data`, a path below one of them, or a function');
    return { kind: 'var', span: place.span, name: 'input' };
  }

  /**
   * Where the condition after a broken one begins, given where that one began: the next line or `;` in
   * the same brackets, or the bracket that closes them. Undefined where a rule seems to begin first.
   */
  private readonly nextCondition = (start: number): number | undefined => {
    const tokens = this.input;
    const stopped = this.here() === -1 ? Number.POSITIVE_INFINITY : this.here();
    let depth = 0;
    for (let index = this.indexAt(start); index < tokens.length; index++) {
      const token = tokens[index]!;
      const { startOffset: at, tokenType: type } = token;
      if (at < 0) return undefined;
      const reached = at >= stopped && at > start;
      if (t.closing.has(type)) {
        if (depth-- === 0) return at;
      } else if (at > start && this.startsLine(index)) {
        if (this.startsItem(token)) return undefined;
        if (reached && depth <= 0) return at;
      } else if (reached && depth <= 0 && type === t.Semicolon) return at;
      if (t.opening.has(type)) depth++;
    }
    return undefined;
  };
}

const noModifiers: readonly a.With[] = [];
