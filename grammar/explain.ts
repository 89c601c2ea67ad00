import { EOF, type IParserErrorMessageProvider, type IRecognitionException, type IToken } from 'chevrotain';
import type { RegoVersion, SyntaxProblem } from './ast.ts';
import * as t from './tokens.ts';

/** What a production waits for, in words, where the token that it lacks does not say enough. */
const wanted: Readonly<Record<string, string>> = {
  primary: 'a value',
  literal: 'a condition',
  conditions: 'a condition',
  elseBody: 'a condition',
  bracedBody: 'a new line, `;` or `}`',
  arrayConditions: 'a new line, `;` or `]`',
  setConditions: 'a new line, `;` or `}`',
  objectConditions: 'a new line, `;` or `}`',
  array: '`,` or `]`',
  arrayItems: '`,` or `]`',
  braces: '`,`, `:` or `}`',
  setItems: '`,` or `}`',
  objectRest: '`,` or `}`',
  objectEntries: '`,` or `}`',
  arguments: '`,` or `)`',
  else: '`:=`, `if` or `{`',
  dotPart: 'a name',
  item: 'a rule',
};

/** Where a token that opens the production is missing, it alone is wanted. */
const openers: ReadonlySet<unknown> = new Set([t.LeftBrace, t.Colon]);

/** What was expected; `unexpected` puts it into a sentence with what was found. */
export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) =>
    (openers.has(expected) ? undefined : wanted[ruleName]) ?? expected.LABEL ?? expected.name,
  buildNotAllInputParsedMessage: () => 'the end of the text',
  buildNoViableAltMessage: ({ ruleName }) => wanted[ruleName] ?? 'something else',
  buildEarlyExitMessage: ({ ruleName }) => wanted[ruleName] ?? 'a name',
};

/** What a problem is explained from. */
export interface Scene {
  readonly text: string;
  readonly version: RegoVersion;
  readonly tokens: readonly IToken[];
}

/** The problem that a syntax error of the parser is. */
export function unexpected(error: IRecognitionException, scene: Scene): SyntaxProblem {
  const found = error.token;
  const message = `unexpected ${describe(found)}, expected ${error.message}`;
  const previous = (error as { previousToken?: IToken }).previousToken;
  const hint = itemWords.has(found.tokenType)
    ? openBracket(scene, found)
    : hintFor(found, previous, scene.version);
  const span = spanOf(found, scene.text);
  return hint === undefined ? { span, message } : { span, message, hint };
}

/** The problem of a token that no rule begins with. */
export function strayToken(found: IToken, next: IToken, previous: IToken, scene: Scene): SyntaxProblem {
  const span = { start: found.startOffset, end: t.endOf(found) };
  const naming = [t.Assign, t.Unify, t.If, t.Contains].includes(next.tokenType);
  if (t.keywordSet.has(found.tokenType) && found.tokenType !== t.Else && naming)
    return { span, message: `\`${found.image}\` is a keyword and cannot name a rule` };
  const alone = scene.text.slice(t.endOf(previous), found.startOffset).includes('\n');
  const hint =
    ruleHints.get(found.tokenType) ?? (alone ? undefined : hintFor(found, previous, scene.version));
  const message = `unexpected ${describe(found)}, expected ${alone ? 'a rule' : 'the end of the line'}`;
  return hint === undefined ? { span, message } : { span, message, hint };
}

/** Hints for a token at the place of a rule. */
const ruleHints: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [t.Else, '`else` follows the body of a rule'],
  [t.If, '`if` stands once in a rule, after its name or its value'],
  [t.Semicolon, 'rules stand on lines of their own; put conditions between `{` and `}`'],
  [t.Equal, 'write `:=` to give a rule its value'],
  [t.With, '`with` follows a condition'],
]);

const conjunction = 'conditions are joined by a new line or `;`';
const disjunction = 'for one or the other, write two rules of the same name';
/** Hints for a word that is an operator elsewhere. */
const wordHints: ReadonlyMap<string, string> = new Map([
  ['and', conjunction],
  ['or', disjunction],
]);

/** The problem of a rule that is a name and nothing else, `after` the word that follows on its line. */
export function bareRule(
  name: string,
  alone: boolean,
  after: string,
  version: RegoVersion,
): Omit<SyntaxProblem, 'span'> {
  if (version === 'v0' && (after === 'if' || after === 'contains'))
    return { message: `unexpected \`${after}\` after \`${name}\``, hint: importHint(after) };
  if (alone)
    return {
      message: 'a rule has a value, a body, or both',
      hint: `write \`${name} := true\`, or a body after \`if\``,
    };
  const hint = wordHints.get(name);
  const message = `unexpected \`${name}\`, expected the end of the line`;
  return hint === undefined ? { message } : { message, hint };
}

const importHint = (word: string): string =>
  `in Rego v0, write \`import future.keywords.${word}\` or \`import rego.v1\` first`;

function hintFor(found: IToken, previous: IToken | undefined, version: RegoVersion): string | undefined {
  const type = found.tokenType;
  const touching = previous !== undefined && t.endOf(previous) === found.startOffset;
  if (type === t.Identifier) {
    if (version === 'v0' && t.futureKeywords.has(found.image)) return importHint(found.image);
    return wordHints.get(found.image);
  }
  if (touching && type === t.And && previous.tokenType === t.And) return conjunction;
  if (touching && isBar(type) && isBar(previous.tokenType)) return disjunction;
  if (type === t.Unify && touching && previous.tokenType === t.Equal) return 'write `==` to compare';
  if (type === t.Unify) return 'write `==` to compare; `=` and `:=` stand on their own';
  if (type === t.Assign) return '`:=` makes a condition of its own; write `==` to compare';
  if (!touching && (type === t.LeftBracket || type === t.LeftParen))
    return `without the space before it, \`${found.image}\` goes on with the term`;
  if (type === t.Not) return '`not` stands at the start of a condition';
  if (type === t.Some || type === t.Every) return `\`${found.image}\` begins a condition of its own`;
  return undefined;
}

const isBar = (type: unknown): boolean => type === t.Or || type === t.SuchThat;

/** What cannot stand inside brackets: met there, it shows that one should have been closed. */
const itemWords: ReadonlySet<unknown> = new Set([EOF, t.If, t.Contains, t.Default, t.Import, t.Package]);

/** Names the innermost bracket that is open before a token, if one is. */
function openBracket({ text, tokens }: Scene, found: IToken): string | undefined {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token === found) break;
    if (t.opening.has(token.tokenType)) open.push(token);
    else if (t.closing.has(token.tokenType)) open.pop();
  }
  const last = open.at(-1);
  if (last === undefined) return undefined;
  const line = text.slice(0, last.startOffset).split('\n').length;
  return `the \`${last.image}\` of line ${line} is still open`;
}

/** The end of a text is underlined right after the last thing in it. */
function spanOf(token: IToken, text: string): { start: number; end: number } {
  if (token.tokenType !== EOF) return { start: token.startOffset, end: t.endOf(token) };
  const end = text.trimEnd().length;
  return { start: end, end };
}

function describe(token: IToken): string {
  if (token.tokenType === EOF) return 'end of the text';
  const image = token.image.length > 40 ? `${token.image.slice(0, 39)}…` : token.image;
  return t.keywordSet.has(token.tokenType) ? `keyword \`${image}\`` : `\`${image}\``;
}
