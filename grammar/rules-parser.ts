import { EMPTY_ALT, type IToken } from 'chevrotain';
import type * as a from './ast.ts';
import { BodiesParser } from './bodies-parser.ts';
import { elseNode, type HeadParts, headNode, importNode, ruleNode } from './nodes.ts';
import { checkDefault, checkHead, checkImport, headTerm, pathText, type Source } from './rule-checks.ts';
import * as t from './tokens.ts';

/** The lines of a module: package, imports, rules. */
export abstract class RulesParser extends BodiesParser {
  /** packageLine = "package" path — the first part of the path may be a keyword */
  readonly packageLine = this.RULE('packageLine', (): a.Package => {
    const start = this.here();
    this.CONSUME(t.Package);
    this.ACTION(() => this.wordAsName());
    const ref = this.SUBRULE(this.path);
    const path = this.ACTION(() => pathText(ref, this.report));
    return { kind: 'package', span: this.since(start), path };
  });

  /** importLine = "import" path [ "as" name ] */
  readonly importLine = this.RULE('importLine', (): a.Import => {
    const start = this.here();
    this.CONSUME(t.Import);
    this.ACTION(() => this.wordAsName());
    const ref = this.SUBRULE(this.path);
    const alias = this.OPTION(() => {
      this.CONSUME(t.As);
      return this.SUBRULE(this.name);
    });
    return this.ACTION(() => {
      const path = pathText(ref, this.report);
      const node = importNode(this.since(start), path, ref.span, alias);
      checkImport(node, this.reading.version, this.report);
      return node;
    });
  });

  /** path = name parts */
  readonly path = this.RULE('path', (): a.HeadRef => {
    const start = this.here();
    const name = this.SUBRULE(this.name);
    const path = this.SUBRULE(this.parts);
    return { kind: 'headRef', span: this.since(start), name, path };
  });

  /** parts = { dotPart | bracketPart } */
  readonly parts = this.RULE('parts', (): readonly a.RefPart[] => {
    const path: a.RefPart[] = [];
    this.MANY(() =>
      this.OR([
        { ALT: () => path.push(this.SUBRULE(this.dotPart)) },
        { ALT: () => path.push(this.SUBRULE(this.bracketPart)) },
      ]),
    );
    return path;
  });

  /** name = letter { letter | digit } — `_` is a letter */
  readonly name = this.RULE('name', (): a.Name => {
    const token = this.CONSUME(t.Identifier);
    return { kind: 'name', span: this.spanOf(token), text: token.image };
  });

  /** defaultRule = "default" head */
  readonly defaultRule = this.RULE('defaultRule', (): a.Rule => {
    const start = this.here();
    this.CONSUME(t.Default);
    const head = this.SUBRULE(this.head);
    const rule = ruleNode(this.since(start), head, { default: true });
    this.ACTION(() => checkDefault(rule, this.reading.strict, this.report));
    return rule;
  });

  /** rule = head [ ifBody | unmarkedBody ] { else } { bracedBody } */
  readonly rule = this.RULE('rule', (): readonly a.Rule[] => {
    const start = this.here();
    const alone = this.onNewLine();
    const head = this.SUBRULE(this.head);
    const withIf = this.next(t.If);
    const body = this.OR([
      { ALT: () => this.SUBRULE(this.ifBody) },
      { ALT: () => this.SUBRULE(this.unmarkedBody) },
      { ALT: EMPTY_ALT<a.Body | undefined>(undefined) },
    ]);
    const branches: a.Else[] = [];
    this.MANY({
      GATE: () => (branches.length === 0 ? body : branches.at(-1)!.body) !== undefined && !this.namesPart(),
      DEF: () => branches.push(this.SUBRULE(this.else)),
    });
    const checked = this.ACTION(() =>
      checkHead(head, { body, withIf, branches }, this.source(alone), this.report),
    );
    const rules = [ruleNode(this.since(start), checked, { body, else: branches })];
    this.MANY2({
      GATE: () => body !== undefined && branches.length === 0,
      DEF: () => {
        const from = this.here();
        const next = this.SUBRULE(this.bracedBody);
        rules.push(ruleNode(this.since(from), checked, { chained: true, body: next }));
      },
    });
    return rules;
  });

  /** parenthesisedRule = parenthesised parts [ arguments ] [ headValue ] — a name in parentheses has no conditions */
  readonly parenthesisedRule = this.RULE('parenthesisedRule', (): a.Rule => {
    const start = this.here();
    const name = this.SUBRULE(this.parenthesised);
    const path = this.SUBRULE(this.parts);
    const parts: HeadParts = {};
    this.OPTION(() => {
      parts.args = this.SUBRULE(this.arguments);
    });
    const reference = this.since(start);
    this.OPTION2(() => this.SUBRULE(this.headValue, { ARGS: [parts] }));
    return this.ACTION(() => {
      const named = headTerm(reference, name, path, parts, this.report);
      const head = headNode(this.since(start), named.ref, named.parts);
      if (!head.value && !head.args?.length)
        this.problem(head.span, 'a rule whose name stands in parentheses has a value', 'leave them out');
      return ruleNode(head.span, head, {});
    });
  });

  /** head = headReference [ arguments ] [ "contains" expression | headValue ] */
  readonly head = this.RULE('head', (): a.Head => {
    const start = this.here();
    const ref = this.SUBRULE(this.headReference);
    const parts: HeadParts = {};
    this.OPTION(() => {
      parts.args = this.SUBRULE(this.arguments);
    });
    this.ACTION(() => this.headKeyword());
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Contains);
          this.ACTION(() => this.separateTerm());
          parts.key = this.SUBRULE(this.expression);
        },
      },
      { ALT: () => this.SUBRULE(this.headValue, { ARGS: [parts] }) },
      { ALT: EMPTY_ALT() },
    ]);
    return headNode(this.since(start), ref, parts);
  });

  /** headReference = name parts — here, and only here, a space may stand before the first part */
  readonly headReference = this.RULE('headReference', (): a.HeadRef => {
    this.ACTION(() => this.keywordAsName());
    const start = this.here();
    const token = this.CONSUME(t.Identifier);
    this.ACTION(() => this.joinHeadPart());
    const path = this.SUBRULE(this.parts);
    const name = { kind: 'name', span: this.spanOf(token), text: token.image } as const;
    return { kind: 'headRef', span: this.since(start), name, path };
  });

  /** headValue = ( ":=" | "=" ) expression */
  readonly headValue = this.RULE('headValue', (parts: HeadParts): void => {
    const operator: IToken = this.OR([
      { ALT: () => this.CONSUME(t.Assign) },
      { ALT: () => this.CONSUME(t.Unify) },
    ]);
    const value = this.SUBRULE(this.expression);
    this.ACTION(() => {
      parts.assign = operator.tokenType === t.Assign ? ':=' : '=';
      parts.value = value;
    });
  });

  /** ifBody = "if" conditions */
  readonly ifBody = this.RULE('ifBody', (): a.Body => {
    this.CONSUME(t.If);
    return this.SUBRULE(this.conditions);
  });

  /** conditions = bracedBody | single — braces that can only be a value begin a literal */
  readonly conditions = this.RULE('conditions', (): a.Body => {
    this.ACTION(() => this.keywordAsName());
    return this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => !this.bracesAreTerm(), ALT: () => this.SUBRULE(this.bracedBody) },
        { ALT: () => this.SUBRULE(this.single) },
      ],
    });
  });

  /** single = literal */
  readonly single = this.RULE('single', (): a.Body => {
    const literal = this.SUBRULE(this.literal);
    return { kind: 'body', span: literal.span, literals: [literal] };
  });

  /** unmarkedBody = bracedBody — without an `if`, as v0 has it */
  readonly unmarkedBody = this.RULE('unmarkedBody', (): a.Body => {
    this.ACTION(() => this.requireIf());
    return this.SUBRULE(this.bracedBody);
  });

  /** else = "else" ( headValue [ elseBody ] | elseBody ) */
  readonly else = this.RULE('else', (): a.Else => {
    const start = this.here();
    const parts: HeadParts = {};
    let body: a.Body | undefined;
    this.CONSUME(t.Else);
    this.OR([
      {
        ALT: () => {
          this.SUBRULE(this.headValue, { ARGS: [parts] });
          this.OPTION(() => {
            body = this.SUBRULE(this.elseBody);
          });
        },
      },
      {
        ALT: () => {
          body = this.SUBRULE2(this.elseBody);
        },
      },
    ]);
    return elseNode(this.since(start), parts, body);
  });

  /** elseBody = "if" ( bracedBody | single ) | unmarkedBody */
  readonly elseBody = this.RULE(
    'elseBody',
    (): a.Body =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.If);
            this.ACTION(() => this.keywordAsName());
            return this.OR2({
              IGNORE_AMBIGUITIES: true,
              DEF: [{ ALT: () => this.SUBRULE(this.bracedBody) }, { ALT: () => this.SUBRULE(this.single) }],
            });
          },
        },
        { ALT: () => this.SUBRULE(this.unmarkedBody) },
      ]),
  );

  private source(alone: boolean): Source {
    return { ...this.reading, alone, after: this.LA(1).image };
  }

  private requireIf(): void {
    if (!this.reading.strict) return;
    this.problem(this.spanOf(this.LA(1)), 'a rule body begins with `if`', 'write `if {`');
  }
}
