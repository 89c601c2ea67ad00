import { describe, expect, it } from 'vitest';
import { parseTerm, type Term } from '../../grammar/index.ts';
import { termOf } from './reading.ts';

const told = (text: string): string[][] =>
  parseTerm(text).problems.map(({ span, message }) => [text.slice(span.start, span.end), message]);
const stringOf = (term: Term): string => (term.kind === 'string' ? term.value : '');

describe('strings', () => {
  it('have the escapes of JSON', () => {
    expect(stringOf(termOf(String.raw`"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"`))).toBe('"\\/\b\f\n\r\té😀');
  });

  it('make U+FFFD of half a surrogate pair', () => {
    expect(stringOf(termOf(String.raw`"a\ud800b"`))).toBe('a\ufffdb');
  });

  it('are taken as they are between backquotes', () => {
    const term = termOf('`a\\n\nb"`');
    expect(term).toMatchObject({ kind: 'string', raw: true, value: 'a\\n\nb"' });
  });

  it('hold a tab only where there is no escape', () => {
    expect(stringOf(termOf('"a\tb"'))).toBe('a\tb');
    expect(told('"\\n\t"')).toEqual([
      ['\t', 'a string with escapes cannot hold a control character as it is'],
    ]);
  });

  it('underline a wrong escape', () => {
    expect(told(String.raw`"ab\qc\u12"`)).toEqual([
      ['\\q', '`\\q` is not an escape of a string'],
      ['\\u', '`\\u` is not an escape of a string'],
    ]);
  });

  it('end on their line', () => {
    expect(told('"abc\n')).toEqual([['"abc', 'this string has no closing `"` on its line']]);
    expect(told('`abc\n')).toEqual([['`', 'this raw string has no closing backquote']]);
    expect(told("'abc'")).toEqual([["'abc'", 'strings are written between double quotes']]);
  });
});

describe('numbers', () => {
  it('keep their text', () => {
    expect(termOf('100000000000000000000.10E-7')).toMatchObject({ text: '100000000000000000000.10E-7' });
  });

  it.each(['1.', '0x1', '1a', '1e', '1_000'])('%s is none', text => {
    expect(told(text)).toEqual([[text, `\`${text}\` is not a number`]]);
  });

  it('do not start with a zero', () => {
    expect(told('01')).toEqual([['01', '`01` is not a number: it starts with a zero']]);
    expect(told('0.1')).toEqual([]);
    expect(told('0e1')).toEqual([]);
  });
});

describe('template strings', () => {
  const parts = (text: string): string[] => {
    const term = termOf(text);
    if (term.kind !== 'template') throw new Error('not a template');
    return term.parts.map(part =>
      part.kind === 'string' ? part.value : text.slice(part.span.start, part.span.end),
    );
  };

  it('alternate text and expressions', () => {
    expect(parts('$"at {place}: {count(xs)}"')).toEqual(['at ', '{place}', ': ', '{count(xs)}']);
    expect(parts('$""')).toEqual([]);
    expect(parts('$"{x}"')).toEqual(['{x}']);
  });

  it('escape braces and, between double quotes, what a string escapes', () => {
    expect(parts(String.raw`$"a\{b\n\u0041}"`)).toEqual(['a{b\nA}']);
    expect(parts('$`a\\{b\\n\n"{x}`')).toEqual(['a{b\\n\n"', '{x}']);
  });

  it('hold braces, strings and templates in their expressions', () => {
    expect(parts('$"{{"a": "}"}["a"]}!"')).toEqual(['{{"a": "}"}["a"]}', '!']);
    expect(parts('$"{$`{x}`}"')).toEqual(['{$`{x}`}']);
    expect(parts('$"{x # }\n}"')).toEqual(['{x # }\n}']);
  });

  it('take `with`, but no other condition', () => {
    expect(parts('$"{x with input as 1}"')).toEqual(['{x with input as 1}']);
    const message = 'a template string can hold a term between its braces, not a condition';
    expect(told('$"{x := 1}"')).toEqual([['x := 1', message]]);
    expect(told('$"{not x}"')).toEqual([['not x', message]]);
  });

  it('end on their line between double quotes', () => {
    expect(told('$"a{x}b\n')).toEqual([['\n', 'this template string has no closing `"` on its line']]);
  });
});
