import type { IToken, TokenType } from 'chevrotain';
import type { SyntaxProblem } from './ast.ts';
import * as t from './tokens.ts';

/**
 * Brackets inside one another, beyond which a text is refused. A parser by recursion needs about 7 KB of
 * stack for each in the worst case, and there is 1 MB of it.
 */
export const maximumNesting = 100;

/** Operators of one term, and calls of one reference: their trees are as deep as they are long. */
export const maximumChain = 500;

/** Gives a token another type: what it is may depend on its neighbours, not only on its characters. */
export function retype(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx!;
}

/**
 * An open bracket. `start` waits for the one term that may stand before a comprehension's `|`, `head` is
 * inside it; `bar` has seen such a `|` and waits for what shows whether conditions follow it or another
 * element; `other` holds something else, `decided` needs no more reading.
 */
interface Frame {
  readonly open: TokenType;
  state: 'start' | 'head' | 'other' | 'bar' | 'decided';
  bar: IToken | undefined;
  seenIn: boolean;
  seenComma: boolean;
}

const END = 1;
const START = 2;
const CONDITION = 4;
const OPEN = 8;
const CLOSE = 16;
const PART = 32;
const KEYWORD = 64;

/** What each token type is to the reading below, by `tokenTypeIdx`. */
const traits = new Uint8Array(256);
const mark = (trait: number, types: readonly TokenType[]): void => {
  for (const type of types) traits[type.tokenTypeIdx!]! |= trait;
};
const scalars = [
  t.Identifier,
  t.Contains,
  t.NumberToken,
  t.StringToken,
  t.RawString,
  t.Null,
  t.True,
  t.False,
];
mark(END, [...scalars, t.TemplateEnd, t.RightParen, t.RightBracket, t.RightBrace]);
mark(START, [...scalars, t.TemplateStart, t.RawTemplateStart, t.LeftParen, t.LeftBracket, t.LeftBrace]);
mark(CONDITION, [t.Some, t.Every, t.Not, t.With, t.Assign, t.Unify, t.Semicolon]);
mark(OPEN, [t.LeftParen, t.LeftBracket, t.LeftBrace, t.PartBracket, t.CallParen, t.TemplateOpen]);
mark(CLOSE, [t.RightParen, t.RightBracket, t.RightBrace]);
mark(PART, [t.PartDot, t.PartBracket, t.CallParen]);
mark(PART, [t.TemplateText, t.RawTemplateText, t.TemplateOpen, t.TemplateEnd]);
mark(KEYWORD, t.keywords);

const is = (token: IToken, trait: number): boolean => (traits[token.tokenTypeIdx]! & trait) !== 0;

/**
 * False where brackets nest too deep, which is reported. Reads the tokens once, in order, and settles what
 * more than one token must be seen for: which `.`, `[` and `(` continue a term, and which `|` opens the
 * conditions of a comprehension.
 *
 * A `|` does so where the bracket holds one term before it and conditions after it: `[x | x > 1]`, but
 * neither `[a + b | c]` nor `[a | b, c]`, an array of two elements.
 */
export function settleBrackets(tokens: readonly IToken[], report: (problem: SyntaxProblem) => void): boolean {
  const frames: Frame[] = [];
  let previous: IToken | undefined;
  let afterTerm = false;
  for (const token of tokens) {
    if (previous !== undefined) joinPart(previous, token, afterTerm);
    if (is(token, CLOSE)) closeFrame(frames.pop());
    else if (frames.length > 0) readToken(frames.at(-1)!, token, previous!);
    if (is(token, OPEN)) {
      if (frames.length === maximumNesting) {
        report({
          span: { start: token.startOffset, end: t.endOf(token) },
          message: `brackets are nested more than ${maximumNesting} deep`,
        });
        return false;
      }
      frames.push({
        open: token.tokenType,
        state: 'start',
        bar: undefined,
        seenIn: false,
        seenComma: false,
      });
    }
    const separates: boolean = afterTerm && previous?.tokenType === t.Contains;
    afterTerm = previous !== undefined && is(previous, END) && !separates;
    previous = token;
  }
  return true;
}

/**
 * `x.y`, `x[y]`, `f(y)`: only where nothing stands between the two. A keyword before `.` or `[` is a name
 * where a term has just ended: the next line begins with it. `as` is none: it ends the target of a `with`.
 */
function joinPart(previous: IToken, token: IToken, afterTerm: boolean): void {
  if (t.endOf(previous) !== token.startOffset) {
    if (previous.tokenType === t.PartDot) retype(previous, t.Dot);
    return;
  }
  switch (token.tokenType) {
    case t.LeftParen:
      if (callable.has(previous.tokenType)) retype(token, t.CallParen);
      break;
    case t.Dot:
    case t.LeftBracket:
      if (afterTerm && is(previous, KEYWORD) && previous.tokenType !== t.As) retype(previous, t.Identifier);
      if (is(previous, END)) retype(token, token.tokenType === t.Dot ? t.PartDot : t.PartBracket);
      break;
    default:
      if (previous.image === '.' && is(token, KEYWORD)) retype(token, t.Identifier);
  }
}

const callable: ReadonlySet<TokenType> = new Set([t.Identifier, t.Contains, t.RightBracket, t.RightParen]);

function readToken(frame: Frame, token: IToken, previous: IToken): void {
  switch (frame.state) {
    case 'start':
      if (is(token, START)) frame.state = 'head';
      else if (token.tokenType !== t.Minus) frame.state = 'other';
      break;
    case 'head':
      readHead(frame, token, previous);
      break;
    case 'other':
      readOther(frame, token, previous);
      break;
    case 'bar':
      readAfterBar(frame, token, previous);
      break;
    case 'decided':
      break;
  }
}

function readHead(frame: Frame, token: IToken, previous: IToken): void {
  if (is(token, PART) || previous.tokenType === t.PartDot) return;
  if (token.tokenType === t.Or && (frame.open === t.LeftBrace || frame.open === t.LeftBracket)) {
    frame.state = 'bar';
    frame.bar = token;
  } else {
    frame.state = 'other';
    readOther(frame, token, previous);
  }
}

/** Only the first value of an object may still be followed by a comprehension's `|`. */
function readOther(frame: Frame, token: IToken, previous: IToken): void {
  if (token.tokenType === t.Colon) frame.state = 'start';
  else if (token.tokenType === t.Comma || startsCondition(token, previous)) frame.state = 'decided';
}

/** `a, b in c` is one condition; any other comma separates elements. */
function readAfterBar(frame: Frame, token: IToken, previous: IToken): void {
  if (startsCondition(token, previous)) settleBar(frame);
  else if (token.tokenType === t.In) frame.seenIn = true;
  else if (token.tokenType === t.Comma) {
    if (frame.seenIn || frame.seenComma) frame.state = 'decided';
    frame.seenComma = true;
  }
}

function closeFrame(frame: Frame | undefined): void {
  if (frame?.state === 'bar' && (frame.seenIn || !frame.seenComma)) settleBar(frame);
}

function settleBar(frame: Frame): void {
  retype(frame.bar!, t.SuchThat);
  frame.state = 'decided';
}

/** A keyword of conditions, or a term right after a term, which begins the next condition. */
function startsCondition(token: IToken, previous: IToken): boolean {
  return is(token, CONDITION) || (is(token, START) && is(previous, END));
}
