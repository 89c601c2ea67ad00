import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';

/** Names, and the keywords that would otherwise be cut off the front of one (`input`, `import_x`). */
export const Identifier = createToken({
  name: 'Identifier',
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
  label: 'a name',
});

const keyword = (name: string, word: string): TokenType =>
  createToken({ name, pattern: word, longer_alt: Identifier, label: `\`${word}\`` });
const sign = (name: string, text: string, label = `\`${text}\``): TokenType =>
  createToken({ name, pattern: text, label });

export const Package = keyword('Package', 'package');
export const Import = keyword('Import', 'import');
export const As = keyword('As', 'as');
export const Default = keyword('Default', 'default');
export const Else = keyword('Else', 'else');
export const Not = keyword('Not', 'not');
export const Some = keyword('Some', 'some');
export const With = keyword('With', 'with');
export const Null = keyword('Null', 'null');
export const True = keyword('True', 'true');
export const False = keyword('False', 'false');
/** Keywords in v1; names in v0 until they are imported. */
export const If = keyword('If', 'if');
export const Contains = keyword('Contains', 'contains');
export const In = keyword('In', 'in');
export const Every = keyword('Every', 'every');

export const Assign = sign('Assign', ':=');
export const Equal = sign('Equal', '==');
export const NotEqual = sign('NotEqual', '!=');
export const LessEqual = sign('LessEqual', '<=');
export const GreaterEqual = sign('GreaterEqual', '>=');
export const Unify = sign('Unify', '=');
export const Less = sign('Less', '<');
export const Greater = sign('Greater', '>');
export const Plus = sign('Plus', '+');
export const Minus = sign('Minus', '-');
export const Times = sign('Times', '*');
export const Divide = sign('Divide', '/');
export const Modulo = sign('Modulo', '%');
export const And = sign('And', '&');
export const Or = sign('Or', '|');
/** The `|` of a comprehension; told apart from the union by `brackets.ts`, never by the lexer. */
export const SuchThat = createToken({ name: 'SuchThat', pattern: Lexer.NA, label: '`|`' });

/** A `.` that stands apart (`.5`); one that joins a name to what precedes it is a `PartDot`. */
export const Dot = sign('Dot', '.');
/** `.`, `[` and `(` written directly after a term: `x[1]` is a reference where `x [1]` is two terms. */
export const PartDot = createToken({ name: 'PartDot', pattern: Lexer.NA, label: '`.`' });
export const PartBracket = createToken({ name: 'PartBracket', pattern: Lexer.NA, label: '`[`' });
export const CallParen = createToken({ name: 'CallParen', pattern: Lexer.NA, label: '`(`' });

export const Comma = sign('Comma', ',');
export const Colon = sign('Colon', ':');
export const Semicolon = sign('Semicolon', ';');
export const LeftParen = sign('LeftParen', '(');
export const RightParen = sign('RightParen', ')');
export const LeftBracket = sign('LeftBracket', '[');
export const RightBracket = sign('RightBracket', ']');
export const LeftBrace = sign('LeftBrace', '{');
export const RightBrace = sign('RightBrace', '}');

/** Anything that starts as a number and runs like one; `literals.ts` says whether it is one. */
export const NumberToken = createToken({
  name: 'Number',
  pattern: /[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?)?[A-Za-z0-9_]*/,
  label: 'a number',
});
export const StringToken = createToken({
  name: 'String',
  pattern: /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/,
  label: 'a string',
});
export const RawString = createToken({ name: 'RawString', pattern: /`[^`]*`/, label: 'a raw string' });

/** Texts that are not tokens of the language; the lexer reports them and reads on. */
export const OpenString = createToken({ name: 'OpenString', pattern: /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*\\?/ });
export const OpenRawString = createToken({ name: 'OpenRawString', pattern: /`[^`]*/ });
export const SingleQuoted = createToken({ name: 'SingleQuoted', pattern: /'[^'\n]*'/ });

export const Whitespace = createToken({
  name: 'Whitespace',
  pattern: /[ \t\n\r]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
export const CommentToken = createToken({ name: 'Comment', pattern: /#[^\n]*/, group: 'comments' });

export const TemplateStart = createToken({
  name: 'TemplateStart',
  pattern: '$"',
  push_mode: 'template',
  label: 'a template string',
});
export const RawTemplateStart = createToken({
  name: 'RawTemplateStart',
  pattern: '$`',
  push_mode: 'rawTemplate',
  label: 'a template string',
});
/** Every first character but those given; the lexer keeps one place for each 255 codes from 256 on. */
const startsBut = (excluded: string): number[] => {
  const codes = Array.from({ length: 256 }, (_, code) => code);
  for (let code = 256; code <= 0xffff; code += 255) codes.push(code);
  return [...codes, 0xffff].filter(code => !excluded.includes(String.fromCharCode(code)));
};
export const TemplateText = createToken({
  name: 'TemplateText',
  pattern: /[^"\\{\n]+(?:\\[^\n][^"\\{\n]*)*|(?:\\[^\n][^"\\{\n]*)+/,
  start_chars_hint: startsBut('"{\n'),
  label: 'text',
});
export const RawTemplateText = createToken({
  name: 'RawTemplateText',
  pattern: /[^`{\\]+(?:\\\{?[^`{\\]*)*|(?:\\\{?[^`{\\]*)+/,
  start_chars_hint: startsBut('`{'),
  line_breaks: true,
  label: 'text',
});
export const TemplateOpen = createToken({
  name: 'TemplateOpen',
  pattern: '{',
  push_mode: 'expression',
  label: '`{`',
});
export const TemplateEnd = createToken({
  name: 'TemplateEnd',
  pattern: /["`]/,
  pop_mode: true,
  label: 'the end of the template string',
});
/** A line break inside `$"…"`, which ends it too soon. */
export const TemplateBreak = createToken({
  name: 'TemplateBreak',
  pattern: /\\?\n/,
  pop_mode: true,
  line_breaks: true,
});

/** Braces inside the `{ … }` of a template string; they become plain braces before parsing. */
export const InnerLeftBrace = createToken({ name: 'InnerLeftBrace', pattern: '{', push_mode: 'expression' });
export const InnerRightBrace = createToken({ name: 'InnerRightBrace', pattern: '}', pop_mode: true });

export const keywords: readonly TokenType[] = [
  Package,
  Import,
  As,
  Default,
  Else,
  Not,
  Some,
  With,
  Null,
  True,
  False,
  If,
  Contains,
  In,
  Every,
];

export const keywordSet: ReadonlySet<TokenType> = new Set(keywords);

/** Keywords that v0 knows only after an import. */
export const futureKeywords: ReadonlyMap<string, TokenType> = new Map([
  ['if', If],
  ['contains', Contains],
  ['in', In],
  ['every', Every],
]);

const signs = [
  Assign,
  Equal,
  NotEqual,
  LessEqual,
  GreaterEqual,
  Unify,
  Less,
  Greater,
  Plus,
  Minus,
  Times,
  Divide,
  Modulo,
  And,
  Or,
  Dot,
  Comma,
  Colon,
  Semicolon,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
];
const beforeBraces = [
  Whitespace,
  CommentToken,
  ...keywords,
  Identifier,
  NumberToken,
  StringToken,
  OpenString,
  RawString,
  OpenRawString,
  TemplateStart,
  RawTemplateStart,
  ...signs,
];

/** The vocabulary in match order, by lexer mode. */
export const modes = {
  code: [...beforeBraces, LeftBrace, RightBrace, SingleQuoted],
  expression: [...beforeBraces, InnerLeftBrace, InnerRightBrace, SingleQuoted],
  template: [TemplateText, TemplateOpen, TemplateEnd, TemplateBreak],
  rawTemplate: [RawTemplateText, TemplateOpen, TemplateEnd],
};

/** What the parser may see. */
export const vocabulary: readonly TokenType[] = [
  ...keywords,
  Identifier,
  NumberToken,
  StringToken,
  RawString,
  TemplateStart,
  RawTemplateStart,
  TemplateText,
  RawTemplateText,
  TemplateOpen,
  TemplateEnd,
  ...signs,
  SuchThat,
  PartDot,
  PartBracket,
  CallParen,
  LeftBrace,
  RightBrace,
];

export const opening: ReadonlySet<TokenType> = new Set([
  LeftParen,
  LeftBracket,
  LeftBrace,
  PartBracket,
  CallParen,
  TemplateOpen,
]);
export const closing: ReadonlySet<TokenType> = new Set([RightParen, RightBracket, RightBrace]);

/** What shows that the braces before it were a value. */
export const afterTerm: ReadonlySet<TokenType> = new Set([
  PartDot,
  PartBracket,
  In,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Or,
  And,
  Plus,
  Minus,
  Times,
  Divide,
  Modulo,
  Assign,
  Unify,
]);

/** The offset after a token: the lexer keeps only where each begins. */
export const endOf = (token: IToken): number => token.startOffset + token.image.length;
