import { describe, expect, it } from 'vitest';
import { callIn, context, type Operand, outcome, set, toValue } from './agreement.ts';

function printed(...operands: readonly Operand[]): readonly string[] {
  const lines: string[] = [];
  callIn(
    context({
      print: line => {
        lines.push(line);
      },
    }),
    'internal.print',
    operands,
  );
  return lines;
}

describe('print', () => {
  it('writes strings as they are and other values as Rego', () => {
    expect(printed(set('a b'), set(1.5), set([1, 'x']), set(null), set(set()))).toEqual([
      'a b 1.5 [1, "x"] null set()',
    ]);
  });

  it('writes a line for each combination, and what is undefined so', () => {
    expect(printed(set(1, 2), set(), set('a', 'b'))).toEqual([
      '1 <undefined> a',
      '1 <undefined> b',
      '2 <undefined> a',
      '2 <undefined> b',
    ]);
  });

  it('is true where printing is off', () => {
    expect(outcome('internal.print', [set(1)])).toEqual({ value: 'true' });
  });
});

describe('trace', () => {
  it('leaves a note and is true', () => {
    const notes: string[] = [];
    const within = context({
      note: message => {
        notes.push(message);
      },
    });
    expect(callIn(within, 'trace', 'here')).toBe(true);
    expect(notes).toEqual(['here']);
    expect(outcome('trace', 1)).toEqual({ code: 'eval_type_error' });
  });
});

describe('opa.runtime', () => {
  it('is what the host tells, or empty', () => {
    expect(outcome('opa.runtime')).toEqual({ value: '{}' });
    expect(callIn(context({ runtime: toValue({ version: '1' }) }), 'opa.runtime')).toEqual(
      toValue({ version: '1' }),
    );
  });
});
