import { EOF } from 'chevrotain';
import type * as a from './ast.ts';
import { type StatementWords, statementNode } from './nodes.ts';
import { RulesParser } from './rules-parser.ts';
import {
  bodyClauseWords,
  checkStatement,
  clauseWords,
  forms,
  listClauseWords,
  nounOf,
  reportWord,
  termClauseWords,
  verbs,
} from './statements.ts';
import * as t from './tokens.ts';

/** Image statements. Their words are ordinary names to the lexer: gates say where they are more. */
export abstract class StatementsParser extends RulesParser {
  /** statement = [ label ] verb [ number ] [ noun ] [ statementArguments ] { clause } */
  readonly statement = this.RULE('statement', (): readonly a.Statement[] => {
    const start = this.here();
    const known = this.reading.problems.length;
    const label = this.OPTION({ GATE: () => this.next(t.Colon, 2), DEF: () => this.SUBRULE(this.label) });
    const verb = this.SUBRULE(this.verb);
    const count = this.OPTION2(() => this.SUBRULE(this.number));
    const noun = this.OPTION3({
      GATE: () => verb.text !== 'exempt',
      DEF: () => this.SUBRULE(this.noun),
    });
    const args = this.OPTION4({
      GATE: () => this.startsArgument(),
      DEF: () => this.SUBRULE(this.statementArguments),
    });
    const clauses: a.Clause[] = [];
    this.MANY({
      GATE: () => this.startsClause(),
      DEF: () => {
        const clause = this.SUBRULE(this.clause);
        this.ACTION(() => clause && clauses.push(clause));
      },
    });
    const words = { label, verb, count, noun };
    return this.ACTION(() =>
      this.judge(statementNode(this.since(start), words, args ?? [], clauses), words, known),
    );
  });

  /** label = name ":" */
  readonly label = this.RULE('label', (): a.Name => {
    const name = this.SUBRULE(this.name);
    this.CONSUME(t.Colon);
    return name;
  });

  /** verb = "allow" | "deny" | "require" | "warn" | "prefer" | "exempt" */
  readonly verb = this.RULE('verb', (): a.Name => {
    const name = this.SUBRULE(this.name);
    this.ACTION(() => {
      if (!verbs.has(name.text)) reportWord('verb', name.text, name.span, verbs, this.report);
    });
    return name;
  });

  /** noun = "registry" | "tag" | "digest" | "signature" | "signatures" | "attestation" | "attestations" | "scan" | "sbom" | "pull_secret" | "base" | "image" */
  readonly noun = this.RULE('noun', (): a.Name => {
    const name = this.SUBRULE(this.name);
    this.ACTION(() => {
      if (nounOf(name.text) === undefined)
        reportWord('noun', name.text, name.span, Object.keys(forms), this.report);
    });
    return name;
  });

  /** statementArguments = term { "," term } */
  readonly statementArguments = this.RULE('statementArguments', (): readonly a.Term[] => {
    const terms: a.Term[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => terms.push(this.SUBRULE(this.term)) });
    return terms;
  });

  /** clause = termClause | listClause | bodyClause | unknownClause */
  readonly clause = this.RULE('clause', (): a.Clause | undefined =>
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => this.word(termClauseWords), ALT: () => this.SUBRULE(this.termClause) },
        { GATE: () => this.word(listClauseWords), ALT: () => this.SUBRULE(this.listClause) },
        { GATE: () => this.word(bodyClauseWords), ALT: () => this.SUBRULE(this.bodyClause) },
        { ALT: () => this.SUBRULE(this.unknownClause) },
      ],
    }),
  );

  /** termClause = ( "by" | "below" | "within" | "until" | "because" ) term */
  readonly termClause = this.RULE('termClause', (): a.TermClause => {
    const start = this.here();
    const { span: wordSpan, text } = this.SUBRULE(this.name);
    this.ACTION(() => this.separateTerm());
    const term = this.SUBRULE(this.term);
    return { kind: 'termClause', span: this.since(start), wordSpan, word: text as a.TermClauseWord, term };
  });

  /** listClause = ( "for" | "from" ) statementArguments — names after `from` */
  readonly listClause = this.RULE('listClause', (): a.ListClause => {
    const start = this.here();
    const { span: wordSpan, text } = this.SUBRULE(this.name);
    this.ACTION(() => this.separateTerm());
    const terms = this.SUBRULE(this.statementArguments);
    const word = text as a.ListClauseWord;
    this.ACTION(() => this.checkNames(word, terms));
    return { kind: 'listClause', span: this.since(start), wordSpan, word, terms };
  });

  /** bodyClause = ( "if" | "unless" | "where" ) conditions */
  readonly bodyClause = this.RULE('bodyClause', (): a.BodyClause => {
    const start = this.here();
    const word = this.LA(1);
    this.OR([{ ALT: () => this.CONSUME(t.If) }, { ALT: () => this.CONSUME(t.Identifier) }]);
    const wordSpan = this.since(start);
    const body = this.SUBRULE(this.conditions);
    const text = word.image as a.BodyClauseWord;
    return { kind: 'bodyClause', span: this.since(start), wordSpan, word: text, body };
  });

  /** unknownClause = name — never right; read to the end of its line or the next clause */
  readonly unknownClause = this.RULE('unknownClause', (): undefined => {
    const { text, span } = this.SUBRULE(this.name);
    this.ACTION(() => {
      reportWord('clause', text, span, clauseWords, this.report);
      while (!this.next(EOF) && !this.onNewLine() && !this.word(clauseWords)) this.SKIP_TOKEN();
    });
    return undefined;
  });

  /**
   * Whether a statement begins here. `deny contains x`, `allow := true`, `warn[msg]` are rules: what follows
   * the verb of a statement could not go on with a rule.
   */
  protected startsStatement(): boolean {
    if (!this.next(t.Identifier) || this.onNewLine(2)) return false;
    const { image: word } = this.LA(1);
    const { tokenType: type, image } = this.LA(2);
    if (type === t.Colon) return this.reading.dialect === 'policy' || verbs.has(this.LA(3).image);
    if (type === t.Identifier) {
      if (image === 'if' || image === 'contains') return false;
      return this.reading.dialect === 'policy' || verbs.has(word);
    }
    return verbs.has(word) && (argumentStarts.has(type) || (word === 'exempt' && type === t.LeftBracket));
  }

  private startsArgument(): boolean {
    if (this.next(t.Identifier)) return !this.onNewLine() && !this.word(clauseWords);
    return !this.next(t.LeftBracket) || !this.onNewLine();
  }

  /** Whether a clause begins here, rather than a rule or a statement on its own line. */
  private startsClause(): boolean {
    if (!this.onNewLine()) return true;
    if (!this.word(clauseWords)) return false;
    if (this.next(t.If)) return !this.namesPart();
    return !ruleMarks.has(this.LA(2).tokenType);
  }

  private word(words: ReadonlySet<string>): boolean {
    const { tokenType: type, image } = this.LA(1);
    return (type === t.Identifier || type === t.If) && words.has(image);
  }

  private checkNames(word: a.ListClauseWord, terms: readonly a.Term[]): void {
    if (word !== 'from') return;
    for (const term of terms)
      if (term.kind !== 'var') this.problem(term.span, '`from` is followed by the names of rules');
  }

  /** The statement, if its words make one and it may stand here. `known` problems were found before it. */
  private judge(
    node: a.Statement | undefined,
    { verb, noun }: StatementWords,
    known: number,
  ): readonly a.Statement[] {
    const { problems, dialect } = this.reading;
    if (dialect === 'rego') {
      problems.length = known;
      const span = { start: verb.span.start, end: (noun ?? verb).span.end };
      this.problem(span, 'an image statement cannot stand in a plain Rego file', 'name the file `….policy`');
      return [];
    }
    if (node !== undefined) checkStatement(node, this.report);
    else if (problems.length === known)
      this.problem(
        verb.span,
        `\`${verb.text}\` is followed by what it is about`,
        'such as `registry` or `tag`',
      );
    return node === undefined ? [] : [node];
  }
}

const argumentStarts: ReadonlySet<unknown> = new Set([
  t.NumberToken,
  t.StringToken,
  t.RawString,
  t.TemplateStart,
  t.RawTemplateStart,
]);

/** What makes a rule of a line that begins with the word of a clause. */
const ruleMarks: ReadonlySet<unknown> = new Set([
  t.Assign,
  t.Unify,
  t.If,
  t.Contains,
  t.PartDot,
  t.PartBracket,
  t.CallParen,
]);
