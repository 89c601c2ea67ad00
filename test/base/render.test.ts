import { describe, expect, it } from 'vitest';
import {
  type Diagnostic,
  displayWidth,
  printable,
  renderDiagnostic,
  renderDiagnostics,
  SourceFile,
  toDiagnosticJson,
} from '../../src/base/index.ts';

function about(text: string, marked: string, more: Partial<Diagnostic> = {}): Diagnostic {
  const start = text.indexOf(marked);
  return {
    code: 'rego_parse_error',
    severity: 'error',
    message: 'unexpected word',
    source: new SourceFile('a.rego', text),
    span: { start, end: start + marked.length },
    ...more,
  };
}

function frame(text: string, marked: string): string[] {
  return toDiagnosticJson(about(text, marked)).frame.split('\n');
}

/** The source text above the carets of a frame's line pair. */
function underlined(lines: readonly string[], at = 0): string {
  const carets = lines[at + 1]!;
  return [...lines[at]!].slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1).join('');
}

describe('frames', () => {
  it('puts carets under exactly the span', () => {
    expect(frame('package a\n\nallow iff true\n', 'iff')).toEqual(['3 | allow iff true', '  |       ^^^']);
  });

  it('shows tabs as spaces and stays aligned', () => {
    const lines = frame('\tp :=\tx y', 'x');
    expect(lines).toEqual(['1 |     p :=    x y', '  |             ^']);
  });

  it('counts wide characters as two columns and combining marks as none', () => {
    expect(frame('"日本" x', 'x')).toEqual(['1 | "日本" x', '  |        ^']);
    expect(frame('"日本" x', '日本')[1]).toBe('  |  ^^^^');
    expect(frame('"e\u0301" x', 'x')[1]).toBe('  |     ^');
  });

  it('gives an empty span one caret, past the end of the text too', () => {
    const source = new SourceFile('a.rego', 'p if');
    const end = { start: 4, end: 4 };
    expect(toDiagnosticJson(about('p if', 'p', { source, span: end })).frame).toBe('1 | p if\n  |     ^');
  });

  it('marks each line of a short span without its indentation', () => {
    const text = 'p if {\n  x\n}\n';
    expect(frame(text, '{\n  x\n}')).toEqual([
      '1 | p if {',
      '  |      ^',
      '2 |   x',
      '  |   ^',
      '3 | }',
      '  | ^',
    ]);
  });

  it('leaves out the middle of a long span and aligns line numbers', () => {
    const text = `${'\n'.repeat(8)}[1,\n2,\n3,\n4]`;
    expect(frame(text, '[1,\n2,\n3,\n4]')).toEqual([' 9 | [1,', '   | ^^^', '   |', '12 | 4]', '   | ^^']);
  });

  it('shows the part of a long line that matters', () => {
    const lines = frame(`${'a'.repeat(5000)}HERE${'b'.repeat(5000)}`, 'HERE');
    expect(underlined(lines)).toBe('HERE');
    expect(lines[0]!.length).toBeLessThan(160);
    expect(lines[0]).toMatch(/^1 \| …a+HEREb+…$/u);
  });

  it('clips a span that is itself long', () => {
    const lines = frame(`x${'y'.repeat(100_000)}`, 'y'.repeat(100_000));
    expect(lines[0]!.length).toBeLessThan(160);
    expect(lines[0]!.endsWith('…')).toBe(true);
  });

  it('keeps carriage returns out', () => {
    expect(frame('p\r\nq r\r\n', 'r\r\n')[0]).toBe('2 | q r');
  });
});

describe('toDiagnosticJson', () => {
  it('gives 1-based positions, in code points', () => {
    const json = toDiagnosticJson(about('p\n"😀" bad', 'bad', { hint: 'try good' }));
    expect(json).toMatchObject({
      file: 'a.rego',
      line: 2,
      column: 5,
      end_line: 2,
      end_column: 8,
      hint: 'try good',
    });
    expect(json).not.toHaveProperty('related');
  });

  it('lists related places', () => {
    const source = new SourceFile('b.rego', 'x\n y');
    const related = [{ message: 'first here', source, span: { start: 3, end: 4 } }];
    expect(toDiagnosticJson(about('p', 'p', { related })).related).toEqual([
      { message: 'first here', file: 'b.rego', line: 2, column: 2 },
    ]);
  });
});

describe('renderDiagnostic', () => {
  it('says place, severity, code, message, hint and related places', () => {
    const related = [
      { message: 'first here', source: new SourceFile('b.rego', 'q'), span: { start: 0, end: 1 } },
    ];
    expect(renderDiagnostic(about('p x', 'x', { hint: 'leave it out', related }))).toBe(
      [
        'a.rego:1:3: error[rego_parse_error]: unexpected word',
        '1 | p x',
        '  |   ^',
        'hint: leave it out',
        'b.rego:1:1: first here',
        '1 | q',
        '  | ^',
      ].join('\n'),
    );
  });

  it('hands every piece to the painter and changes none', () => {
    const diagnostic = about('p x', 'x', { hint: 'leave it out' });
    const roles = new Set<string>();
    const text = renderDiagnostic(diagnostic, (role, piece) => {
      roles.add(role);
      return piece;
    });
    expect(text).toBe(renderDiagnostic(diagnostic));
    expect([...roles].sort()).toEqual(['error', 'faint', 'hint', 'place', 'strong']);
  });

  it('lets no text steer the terminal', () => {
    const text = renderDiagnostic(
      about('p \u001b[31m\u202e x', 'x', { message: 'bad \u001b]0;t\u0007\nword' }),
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text.split('\n')[0]).toBe('a.rego:1:10: error[rego_parse_error]: bad ␛]0;t␇ word');
  });

  it('sorts by file and place', () => {
    const last = about('a b', 'b', { message: 'second' });
    const first = about('a b', 'a', { message: 'first' });
    const other = about('a', 'a', { message: 'third', source: new SourceFile('b.rego', 'a') });
    const text = renderDiagnostics([other, last, first]);
    expect(text.match(/first|second|third/gu)).toEqual(['first', 'second', 'third']);
    expect(renderDiagnostics([])).toBe('');
  });
});

describe('printable', () => {
  it('is one line and keeps ordinary text', () => {
    expect(printable('tag "läßt" 日本\tok\r\nnext')).toBe('tag "läßt" 日本 ok next');
    expect(printable('a\u0000b\u007fc\u200bd\ud800e')).toBe('a␀b␡c�d�e');
    expect(printable('😀')).toBe('😀');
  });

  it('measures what is shown', () => {
    expect(displayWidth('ab日😀e\u0301')).toBe(7);
  });
});
