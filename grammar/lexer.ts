import { type IToken, Lexer } from 'chevrotain';
import type { Comment, RegoVersion, SyntaxProblem } from './ast.ts';
import { retype, settleBrackets } from './brackets.ts';
import { settleKeywords } from './keywords.ts';
import * as t from './tokens.ts';

/** Built with the first text. Reads texts of every version; which words are keywords is settled afterwards. */
let lexer: Lexer | undefined;

function newLexer(): Lexer {
  const options = {
    positionTracking: 'onlyOffset',
    ensureOptimizations: true,
    skipValidations: true,
  } as const;
  return new Lexer({ modes: t.modes, defaultMode: 'code' }, options);
}

export interface Tokens {
  readonly tokens: IToken[];
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
  /** Whether rules must be written as v1 has it: always in v1, in v0 after `import rego.v1`. */
  readonly strict: boolean;
  /** False where brackets nest too deep to be parsed. */
  readonly shallow: boolean;
}

/** The tokens of a text, each of the type that its place gives it. */
export function tokenize(text: string, version: RegoVersion): Tokens {
  const problems: SyntaxProblem[] = [];
  const report = (problem: SyntaxProblem): void => void problems.push(problem);
  lexer ??= newLexer();
  const read = lexer.tokenize(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text);
  const { tokens } = read;
  mend(tokens, report);
  for (const { offset, length } of read.errors)
    report({
      span: { start: offset, end: offset + length },
      ...unreadable(text.slice(offset, offset + length)),
    });
  const strict = version === 'v1' || settleKeywords(tokens);
  const shallow = settleBrackets(tokens, report);
  return {
    tokens,
    comments: (read.groups['comments'] ?? []).map(toComment),
    problems,
    strict,
    shallow,
  };
}

function toComment(token: IToken): Comment {
  const text = token.image.slice(1).replace(/\r+$/u, '');
  return { span: { start: token.startOffset, end: token.startOffset + 1 + text.length }, text };
}

/** What is almost a token of the language is reported, then read as what it was meant to be. */
function mend(tokens: readonly IToken[], report: (problem: SyntaxProblem) => void): void {
  for (const token of tokens) {
    const span = { start: token.startOffset, end: t.endOf(token) };
    switch (token.tokenType) {
      case t.InnerLeftBrace:
        retype(token, t.LeftBrace);
        break;
      case t.InnerRightBrace:
        retype(token, t.RightBrace);
        break;
      case t.OpenString:
        report({ span, message: 'this string has no closing `"` on its line', hint: openStringHint });
        retype(token, t.StringToken);
        break;
      case t.OpenRawString:
        report({
          span: { start: span.start, end: span.start + 1 },
          message: 'this raw string has no closing backquote',
        });
        retype(token, t.RawString);
        break;
      case t.TemplateBreak:
        report({ span, message: 'this template string has no closing `"` on its line' });
        retype(token, t.TemplateEnd);
        break;
      case t.SingleQuoted:
        report({ span, message: 'strings are written between double quotes' });
        retype(token, t.StringToken);
        break;
    }
  }
}

const openStringHint = 'a text of several lines goes between backquotes';

function unreadable(characters: string): { message: string; hint?: string } {
  const message = `unexpected ${JSON.stringify(characters)}`;
  if (characters === '!') return { message, hint: 'write `not` to negate a condition' };
  if (characters.includes('\u00A0'))
    return { message: 'unexpected non-breaking space', hint: 'use an ordinary space' };
  return { message };
}
