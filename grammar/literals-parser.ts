import type { IToken, ParserMethod } from 'chevrotain';
import type * as a from './ast.ts';
import { BaseParser } from './base-parser.ts';
import { checkNumber, unescapeString, unescapeTemplate } from './literals.ts';
import * as t from './tokens.ts';

/** What terms are made of at the bottom: names, numbers, strings and template strings. */
export abstract class LiteralsParser extends BaseParser {
  protected abstract readonly literal: ParserMethod<[], a.Literal>;

  /** variable = name | "contains" */
  readonly variable = this.RULE('variable', (): a.Var => {
    const start = this.here();
    const word = this.OR(this.words);
    return { kind: 'var', span: this.since(start), name: word.image };
  });

  private readonly words = [
    { ALT: () => this.CONSUME(t.Identifier) },
    { ALT: () => this.CONSUME(t.Contains) },
  ];

  /** number = [ "." ] digits — as JSON writes one */
  readonly number = this.RULE('number', (): a.NumberTerm => {
    const start = this.here();
    const point = this.OPTION(() => this.CONSUME(t.Dot)) ? '.' : '';
    const digits = this.CONSUME(t.NumberToken);
    const text = point + digits.image;
    this.ACTION(() => checkNumber(text, digits.startOffset - point.length, this.report));
    return { kind: 'number', span: this.since(start), text };
  });

  /** string = '"' characters '"' | "`" characters "`" — the escapes of JSON between double quotes, none between backquotes */
  readonly string = this.RULE('string', (): a.StringTerm => {
    const start = this.here();
    const raw = this.next(t.RawString);
    const token = this.OR([
      { ALT: () => this.CONSUME(t.StringToken) },
      { ALT: () => this.CONSUME(t.RawString) },
    ]);
    const value = this.ACTION(() => this.unquoted(token, raw));
    return { kind: 'string', span: this.since(start), value, raw };
  });

  /** template = ( '$"' | "$`" ) { templateText | templateExpression } ( '"' | "`" ) */
  readonly template = this.RULE('template', (): a.Template => {
    const start = this.here();
    const raw = this.next(t.RawTemplateStart);
    const parts: (a.StringTerm | a.TemplateExpression)[] = [];
    this.OR([{ ALT: () => this.CONSUME(t.TemplateStart) }, { ALT: () => this.CONSUME(t.RawTemplateStart) }]);
    this.MANY(() =>
      this.OR2([
        { ALT: () => parts.push(this.SUBRULE(this.templateText, { ARGS: [raw] })) },
        { ALT: () => parts.push(this.SUBRULE(this.templateExpression)) },
      ]),
    );
    this.CONSUME(t.TemplateEnd);
    this.ACTION(() => this.requireTemplates(start));
    return { kind: 'template', span: this.since(start), raw, parts };
  });

  /** templateText = characters — `\{` is a brace */
  readonly templateText = this.RULE('templateText', (raw: boolean): a.StringTerm => {
    const { image, startOffset } = this.OR([
      { ALT: () => this.CONSUME(t.TemplateText) },
      { ALT: () => this.CONSUME(t.RawTemplateText) },
    ]);
    const value = this.ACTION(() => unescapeTemplate(image, startOffset, raw, this.report));
    return { kind: 'string', span: this.since(startOffset), value, raw };
  });

  /** templateExpression = "{" literal "}" — a plain term, `with` allowed */
  readonly templateExpression = this.RULE('templateExpression', (): a.TemplateExpression => {
    const start = this.here();
    this.CONSUME(t.TemplateOpen);
    const literal = this.SUBRULE(this.literal);
    this.CONSUME(t.RightBrace);
    const term = this.ACTION(() => this.interpolated(literal));
    return { kind: 'templateExpression', span: this.since(start), term, with: literal.with };
  });

  private requireTemplates(start: number): void {
    if (this.reading.version === 'v0')
      this.problem(this.since(start), 'Rego v0 has no template strings', 'use `sprintf`');
  }

  private unquoted({ image, startOffset }: IToken, raw: boolean): string {
    const inner = image.slice(1, -1);
    return raw ? inner : unescapeString(inner, startOffset + 1, this.report);
  }

  /** The term of a template's `{ … }`. */
  private interpolated(literal: a.Literal): a.Term {
    if (literal.kind === 'expr' && !isAssignment(literal.term)) return literal.term;
    this.problem(literal.span, 'a template string can hold a term between its braces, not a condition');
    return { kind: 'null', span: literal.span };
  }
}

const isAssignment = (term: a.Term): boolean =>
  term.kind === 'infix' && (term.operator === ':=' || term.operator === '=');
