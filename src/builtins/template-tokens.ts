import { BuiltinError } from './builtin.ts';

/** A piece of an action; `spaced` where white space stands before it. */
export interface Token {
  readonly kind: 'word' | 'field' | 'variable' | 'number' | 'character' | 'string' | 'mark';
  readonly text: string;
  readonly spaced: boolean;
}

/** A template is text and actions in turn. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly tokens: readonly Token[] };

const SPACE = /[ \t\r\n]*/uy;
const TOKENS: readonly (readonly [kind: Token['kind'], pattern: RegExp])[] = [
  [
    'number',
    /[+-]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)/uy,
  ],
  ['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/uy],
  ['character', /'(?:[^'\\\n]|\\.[\da-fA-F]*)'/uy],
  ['mark', /:=|[.=|(),]/uy],
];

/** Cuts a template at its `{{` and `}}`; white space beside `{{-` and `-}}` is dropped. */
export function scanTemplate(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trim = false;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const start = trim ? skip(text, at) : at;
    if (open === -1) {
      pieces.push({ kind: 'text', text: text.slice(start) });
      break;
    }
    const trimsLeft = text[open + 2] === '-' && /[ \t\r\n]/u.test(text[open + 3] ?? '');
    const before = text.slice(Math.min(start, open), open);
    pieces.push({ kind: 'text', text: trimsLeft ? before.slice(0, trimmedLength(before)) : before });
    const inside = trimsLeft ? skip(text, open + 3) : open + 2;
    const action = scanComment(text, inside) ?? scanAction(text, inside);
    if (action.tokens) pieces.push({ kind: 'action', tokens: action.tokens });
    at = action.end;
    trim = action.trim;
  }
  return pieces;
}

interface Scanned {
  readonly tokens: readonly Token[] | undefined;
  readonly end: number;
  readonly trim: boolean;
}

function scanComment(text: string, at: number): Scanned | undefined {
  if (!text.startsWith('/*', at)) return undefined;
  const close = text.indexOf('*/', at + 2) + 2;
  const next = close < 2 ? text.length : skip(text, close);
  if (next === close && text.startsWith('}}', next)) return { tokens: undefined, end: next + 2, trim: false };
  if (next > close && text.startsWith('-}}', next)) return { tokens: undefined, end: next + 3, trim: true };
  throw new BuiltinError('template: comment ends before closing delimiter');
}

function scanAction(text: string, from: number): Scanned {
  const tokens: Token[] = [];
  let at = from;
  for (;;) {
    const next = skip(text, at);
    if (text.startsWith('}}', next)) return { tokens, end: next + 2, trim: false };
    if (next > at && text.startsWith('-}}', next)) return { tokens, end: next + 3, trim: true };
    const token = tokenAt(text, next, next > at);
    tokens.push(token);
    at = next + token.text.length;
  }
}

function tokenAt(text: string, at: number, spaced: boolean): Token {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { kind, text: match[0], spaced };
  }
  if (at >= text.length) throw new BuiltinError('template: unclosed action');
  throw new BuiltinError(`template: unexpected ${JSON.stringify(text[at])} in action`);
}

function skip(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.exec(text);
  return SPACE.lastIndex;
}

function trimmedLength(text: string): number {
  let length = text.length;
  while (length > 0 && ' \t\r\n'.includes(text[length - 1]!)) length--;
  return length;
}
