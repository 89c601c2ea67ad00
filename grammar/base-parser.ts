import {
  EmbeddedActionsParser,
  EOF,
  type IParserConfig,
  type IToken,
  isRecognitionException,
} from 'chevrotain';
import type { Dialect, RegoVersion, Span, SyntaxProblem } from './ast.ts';
import { retype } from './brackets.ts';
import { expectations, type Scene, unexpected } from './explain.ts';
import * as t from './tokens.ts';

/** What a text is read as, and where its problems go. */
export interface Reading {
  readonly text: string;
  readonly version: RegoVersion;
  readonly dialect: Dialect;
  /** Rules must be written as v1 has it. */
  readonly strict: boolean;
  readonly problems: SyntaxProblem[];
}

/** A text with more errors than this is not one to be mended line by line. */
const maximumErrors = 100;

const nothing: Reading = { text: '', version: 'v1', dialect: 'rego', strict: true, problems: [] };

/** What every production uses: places, neighbours, problems and recovery. No grammar. */
export class BaseParser extends EmbeddedActionsParser {
  protected reading: Reading = nothing;

  constructor(options: Pick<IParserConfig, 'skipValidations'>) {
    super([...t.vocabulary], { ...options, maxLookahead: 1, errorMessageProvider: expectations });
  }

  /** Sets the text that the next production called from outside reads. */
  begin(tokens: IToken[], reading: Reading): void {
    this.input = tokens;
    this.reading = reading;
  }

  /** The offset of the next token. */
  protected here(): number {
    return this.LA(1).startOffset;
  }

  /** From `start` to the end of the last token read. */
  protected since(start: number): Span {
    return { start, end: t.endOf(this.LA(0)) };
  }

  protected spanOf(token: IToken): Span {
    return { start: token.startOffset, end: t.endOf(token) };
  }

  protected problem(span: Span, message: string, hint?: string): void {
    this.reading.problems.push(hint === undefined ? { span, message } : { span, message, hint });
  }

  protected readonly report = (problem: SyntaxProblem): void => {
    this.reading.problems.push(problem);
  };

  protected next(type: (typeof t.vocabulary)[number], ahead = 1): boolean {
    return this.LA(ahead).tokenType === type;
  }

  /** Whether the comma at hand is the last thing in its list. */
  protected endsList(): boolean {
    const after = this.LA(2).tokenType;
    return after === t.RightParen || after === t.RightBracket || after === t.RightBrace;
  }

  /** Whether a line break stands before the token `ahead`. */
  protected onNewLine(ahead = 1): boolean {
    const { text } = this.reading;
    const token = this.LA(ahead);
    for (let at = t.endOf(this.LA(ahead - 1)); at < token.startOffset; at++)
      if (text.charCodeAt(at) === 10) return true;
    return false;
  }

  /** Makes a name of a keyword directly before `.` or `[` (`not.foo`, `with["x"]`); whether there was one. */
  protected keywordAsName(): boolean {
    if (!t.keywordSet.has(this.LA(1).tokenType) || !this.namesPart()) return false;
    retype(this.LA(1), t.Identifier);
    const part = this.LA(2);
    retype(part, part.image === '.' ? t.PartDot : t.PartBracket);
    return true;
  }

  /** The word at hand is a name whatever it is: the first of a package or import path. */
  protected wordAsName(): void {
    const word = this.LA(1);
    if (!t.keywordSet.has(word.tokenType)) return;
    this.keywordAsName();
    retype(word, t.Identifier);
  }

  /** Whether the keyword at hand is a name, as `keywordAsName` has it. */
  protected namesPart(): boolean {
    const part = this.LA(2);
    return (part.image === '.' || part.image === '[') && part.startOffset === t.endOf(this.LA(1));
  }

  /** After the name of a rule a space may stand before `.`, `[` or `(`, but none after the `.`. */
  protected joinHeadPart(): void {
    const part = this.LA(1);
    if (part.tokenType === t.Dot && this.LA(2).startOffset === t.endOf(part)) retype(part, t.PartDot);
    else if (part.tokenType === t.LeftBracket) retype(part, t.PartBracket);
    else if (part.tokenType === t.LeftParen) retype(part, t.CallParen);
  }

  /** After the reference or arguments of a head, `if[1]` and `contains[1]` are keywords before an array. */
  protected headKeyword(): void {
    const word = this.LA(1);
    if (!this.reading.strict || word.tokenType !== t.Identifier || this.onNewLine()) return;
    if (word.image !== 'if' && word.image !== 'contains') return;
    retype(word, word.image === 'if' ? t.If : t.Contains);
    retype(this.LA(2), t.LeftBracket);
  }

  /** After the `contains` of a rule a term begins, even where nothing stands between. */
  protected separateTerm(): void {
    const part = this.LA(1);
    if (part.tokenType === t.PartBracket) retype(part, t.LeftBracket);
    else if (part.tokenType === t.CallParen) retype(part, t.LeftParen);
  }

  /**
   * Whether the `{` at hand can only be a value: an object, a comprehension, or a set that something is
   * done with. Otherwise the braces hold conditions.
   */
  protected bracesAreTerm(): boolean {
    if (!this.next(t.LeftBrace)) return false;
    if (this.next(t.RightBrace, 2)) return true;
    let depth = 1;
    let ahead = 2;
    for (; depth > 0; ahead++) {
      const type = this.LA(ahead).tokenType;
      if (type === EOF) return false;
      if (depth === 1 && (type === t.Colon || type === t.SuchThat)) return true;
      if (t.opening.has(type)) depth++;
      else if (t.closing.has(type)) depth--;
    }
    return t.afterTerm.has(this.LA(ahead).tokenType);
  }

  /** The index of the token at an offset, among the tokens of the text. */
  protected indexAt(offset: number): number {
    let low = 0;
    let high = this.input.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = this.input[middle]!.startOffset;
      if (at >= 0 && at < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether nothing but white space stands before a token on its line. */
  protected startsLine(index: number): boolean {
    const { text } = this.reading;
    for (let at = this.input[index]!.startOffset - 1; at >= 0; at--) {
      const code = text.charCodeAt(at);
      if (code === 10) return true;
      if (code !== 32 && code !== 9 && code !== 13) return false;
    }
    return true;
  }

  protected columnOf(token: IToken): number {
    return token.startOffset - (this.reading.text.lastIndexOf('\n', token.startOffset - 1) + 1);
  }

  /**
   * What `read` returns; undefined where it met a syntax error. The error is kept, and the tokens up to
   * the place that `resume` chooses are passed over so that the rest of the text is read as well; where
   * `resume` finds no such place, the error goes on to whoever stands outside.
   */
  protected recovering<T>(read: () => T, resume: (start: number) => number | undefined): T | undefined {
    const start = this.here();
    try {
      return read();
    } catch (error) {
      if (!isRecognitionException(error as Error) || this.errors.length >= maximumErrors) throw error;
      const target = resume(start);
      if (target === undefined) throw error;
      this.skipTo(target);
      return undefined;
    }
  }

  protected skipTo(offset: number): void {
    while (this.LA(1).tokenType !== EOF && this.here() < offset) this.SKIP_TOKEN();
  }

  /** The problems of the text: those that productions reported, and those that stopped one. */
  takeProblems(): SyntaxProblem[] {
    const scene = this.scene();
    return [...this.reading.problems, ...this.errors.map(error => unexpected(error, scene))];
  }

  protected scene(): Scene {
    const { text, version } = this.reading;
    return { text, version, tokens: this.input };
  }
}
