import { EOF, type IParserErrorMessageProvider, type IRecognitionException, type IToken } from 'chevrotain';
import type { SyntaxProblem } from './ast.ts';
import * as t from './tokens.ts';

/** What each production waits for, in words, where no one token says it. */
const wanted: Readonly<Record<string, string>> = {
  primary: 'a value',
  literal: 'a condition',
  body: 'a condition',
  ruleBody: 'a rule body',
  headReference: 'a rule',
};

/** What was expected; `unexpected` puts it into a sentence with what was found. */
export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.LABEL ?? expected.name,
  buildNotAllInputParsedMessage: () => 'the end of the text',
  buildNoViableAltMessage: ({ ruleName }) => wanted[ruleName] ?? ruleName,
  buildEarlyExitMessage: ({ ruleName }) => wanted[ruleName] ?? ruleName,
};

/** The problem that a syntax error of the parser is. */
export function unexpected(error: IRecognitionException, text: string): SyntaxProblem {
  const found = error.token;
  const end = text.trimEnd().length;
  const span =
    found.tokenType === EOF ? { start: end, end } : { start: found.startOffset, end: t.endOf(found) };
  return { span, message: `unexpected ${describe(found)}, expected ${error.message}` };
}

function describe(token: IToken): string {
  if (token.tokenType === EOF) return 'end of the text';
  if (t.keywordSet.has(token.tokenType)) return `keyword \`${token.image}\``;
  return `\`${token.image}\``;
}

/** The message, and the hint where there is one, for a token that no rule begins with. */
export function strayToken(token: IToken, next: IToken): [message: string, hint?: string] {
  const naming = next.tokenType === t.Assign || next.tokenType === t.Unify || next.tokenType === t.If;
  if (t.keywordSet.has(token.tokenType) && (naming || next.tokenType === t.Contains))
    return [`\`${token.image}\` is a keyword and cannot name a rule`];
  return [`unexpected ${describe(token)}, expected a rule`];
}
