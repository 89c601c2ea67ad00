import type { IToken } from 'chevrotain';
import { retype } from './brackets.ts';
import * as t from './tokens.ts';

/**
 * Whether `rego.v1` is imported. Reads v0 tokens once, in order, and turns `if`, `contains`, `in` and
 * `every` back into names until an import makes keywords of them:
 *
 *   import future.keywords        all four
 *   import future.keywords.every  `every` and `in`
 *   import rego.v1                all four
 */
export function settleKeywords(tokens: readonly IToken[]): boolean {
  const active = new Set<string>();
  let strict = false;
  for (const [index, token] of tokens.entries()) {
    if (t.futureKeywords.has(token.image)) {
      if (t.futureKeywords.get(token.image) === token.tokenType && !active.has(token.image))
        retype(token, t.Identifier);
    } else if (token.tokenType === t.Import) {
      const path = dottedPath(tokens, index + 1);
      if (path[0] === 'rego' && path[1] === 'v1') strict = true;
      for (const word of imported(path)) active.add(word);
    }
  }
  return strict;
}

function imported(path: readonly string[]): Iterable<string> {
  if (path[0] === 'rego' && path[1] === 'v1') return t.futureKeywords.keys();
  if (path[0] !== 'future' || path[1] !== 'keywords') return [];
  if (path.length === 2) return t.futureKeywords.keys();
  return path[2] === 'every' ? ['every', 'in'] : [path[2]!];
}

/** At most three words joined by dots. */
function dottedPath(tokens: readonly IToken[], start: number): string[] {
  const path: string[] = [];
  for (let at = start; at < tokens.length && path.length < 3; at += 2) {
    path.push(tokens[at]!.image);
    if (tokens[at + 1]?.tokenType !== t.Dot) break;
  }
  return path;
}
