import type { ParserMethod } from 'chevrotain';
import type * as a from './ast.ts';
import { TermsParser } from './terms-parser.ts';
import * as t from './tokens.ts';

/** Arrays, objects, sets and their comprehensions. */
export abstract class CollectionsParser extends TermsParser {
  protected abstract readonly body: ParserMethod<[], a.Body>;

  /** array = "[" ( "]" | [ "," ] operand ( arrayConditions | arrayItems ) ) */
  readonly array = this.RULE('array', (): a.Term => {
    const start = this.here();
    this.CONSUME(t.LeftBracket);
    return this.OR([
      {
        ALT: (): a.Term => {
          this.CONSUME(t.RightBracket);
          return { kind: 'array', span: this.since(start), items: [] };
        },
      },
      {
        ALT: (): a.Term => {
          this.OPTION(() => this.CONSUME(t.Comma));
          const first = this.SUBRULE(this.operand);
          return this.OR2({
            IGNORE_AMBIGUITIES: true,
            DEF: [
              { ALT: () => this.SUBRULE(this.arrayConditions, { ARGS: [start, first] }) },
              { ALT: () => this.SUBRULE(this.arrayItems, { ARGS: [start, first] }) },
            ],
          });
        },
      },
    ]);
  });

  /** arrayConditions = "|" body "]" */
  readonly arrayConditions = this.RULE('arrayConditions', (start: number, term: a.Term): a.Term => {
    this.CONSUME(t.SuchThat);
    const body = this.SUBRULE(this.body);
    this.CONSUME(t.RightBracket);
    return { kind: 'arrayComprehension', span: this.since(start), term, body };
  });

  /** arrayItems = operations elements "]" */
  readonly arrayItems = this.RULE('arrayItems', (start: number, first: a.Term): a.Term => {
    const item = this.SUBRULE(this.operations, { ARGS: [first] });
    const items = this.SUBRULE(this.elements, { ARGS: [item] });
    this.CONSUME(t.RightBracket);
    return { kind: 'array', span: this.since(start), items };
  });

  /** braces = "{" ( "}" | [ "," ] operand ( setConditions | operations ( objectRest | setItems ) ) ) */
  readonly braces = this.RULE('braces', (): a.Term => {
    const start = this.here();
    this.CONSUME(t.LeftBrace);
    return this.OR([
      {
        ALT: (): a.Term => {
          this.CONSUME(t.RightBrace);
          return { kind: 'object', span: this.since(start), entries: [] };
        },
      },
      {
        ALT: (): a.Term => {
          this.OPTION(() => this.CONSUME(t.Comma));
          const first = this.SUBRULE(this.operand);
          return this.OR2({
            IGNORE_AMBIGUITIES: true,
            DEF: [
              { ALT: () => this.SUBRULE(this.setConditions, { ARGS: [start, first] }) },
              {
                ALT: () => {
                  const item = this.SUBRULE(this.operations, { ARGS: [first] });
                  return this.OR3([
                    { ALT: () => this.SUBRULE(this.objectRest, { ARGS: [start, item] }) },
                    { ALT: () => this.SUBRULE(this.setItems, { ARGS: [start, item] }) },
                  ]);
                },
              },
            ],
          });
        },
      },
    ]);
  });

  /** setConditions = "|" body "}" */
  readonly setConditions = this.RULE('setConditions', (start: number, term: a.Term): a.Term => {
    this.CONSUME(t.SuchThat);
    const body = this.SUBRULE(this.body);
    this.CONSUME(t.RightBrace);
    return { kind: 'setComprehension', span: this.since(start), term, body };
  });

  /** setItems = elements "}" */
  readonly setItems = this.RULE('setItems', (start: number, first: a.Term): a.Term => {
    const items = this.SUBRULE(this.elements, { ARGS: [first] });
    this.CONSUME(t.RightBrace);
    return { kind: 'set', span: this.since(start), items };
  });

  /** objectRest = ":" operand ( objectConditions | objectEntries ) */
  readonly objectRest = this.RULE('objectRest', (start: number, key: a.Term): a.Term => {
    this.CONSUME(t.Colon);
    const value = this.SUBRULE(this.operand);
    return this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => this.SUBRULE(this.objectConditions, { ARGS: [start, key, value] }) },
        { ALT: () => this.SUBRULE(this.objectEntries, { ARGS: [start, key, value] }) },
      ],
    });
  });

  /** objectConditions = "|" body "}" */
  readonly objectConditions = this.RULE(
    'objectConditions',
    (start: number, key: a.Term, value: a.Term): a.Term => {
      this.CONSUME(t.SuchThat);
      const body = this.SUBRULE(this.body);
      this.CONSUME(t.RightBrace);
      return { kind: 'objectComprehension', span: this.since(start), key, value, body };
    },
  );

  /** objectEntries = operations { "," entry } [ "," ] "}" */
  readonly objectEntries = this.RULE('objectEntries', (start: number, key: a.Term, first: a.Term): a.Term => {
    const value = this.SUBRULE(this.operations, { ARGS: [first] });
    const entries: a.ObjectEntry[] = [
      this.ACTION(() => ({ kind: 'entry', span: this.since(key.span.start), key, value })),
    ];
    this.MANY({
      GATE: () => !this.endsList(),
      DEF: () => {
        this.CONSUME(t.Comma);
        entries.push(this.SUBRULE(this.entry));
      },
    });
    this.OPTION(() => this.CONSUME2(t.Comma));
    this.CONSUME(t.RightBrace);
    return { kind: 'object', span: this.since(start), entries };
  });

  /** entry = term ":" term */
  readonly entry = this.RULE('entry', (): a.ObjectEntry => {
    const start = this.here();
    const key = this.SUBRULE(this.term);
    this.CONSUME(t.Colon);
    const value = this.SUBRULE2(this.term);
    return { kind: 'entry', span: this.since(start), key, value };
  });
}
