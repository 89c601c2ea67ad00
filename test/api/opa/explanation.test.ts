import { describe, expect, it } from 'vitest';
import { explanation } from '../../../src/api/opa/explanation.ts';
import type { TraceEvent } from '../../../src/evaluate/index.ts';
import { fromJson, ObjectValue, type Value } from '../../../src/values/index.ts';

function passed(value: Value): TraceEvent {
  return { kind: 'pass', depth: 1, file: 'a.rego', line: 3, column: 2, bound: [['x', value]] };
}

describe('values of an explanation', () => {
  it('are written as terms, or as text', () => {
    const event = passed(fromJson({ a: [1, null] }));
    expect(explanation([event], 'full', true)).toEqual(['a.rego:3     | Eval x = {"a":[1,null]}']);
    expect(explanation([event], 'full', false)).toMatchObject([
      {
        op: 'eval',
        locals: [
          {
            value: {
              type: 'object',
              value: [
                [
                  { type: 'string', value: 'a' },
                  {
                    type: 'array',
                    value: [
                      { type: 'number', value: 1 },
                      { type: 'null', value: null },
                    ],
                  },
                ],
              ],
            },
          },
        ],
      },
    ]);
  });

  it('are left out where they are long, by parts that they share or by keys that hold keys', () => {
    const shared = Array.from({ length: 60 }).reduce<Value>(inner => [inner, inner], 'x');
    const nested = Array.from({ length: 30 }).reduce<Value>(inner => ObjectValue.of([[inner, 1]]), 'x');
    for (const value of [shared, nested]) {
      expect(explanation([passed(value)], 'full', true)).toEqual(['a.rego:3     | Eval x = …']);
      expect(explanation([passed(value)], 'full', false)).toMatchObject([
        { locals: [{ value: { type: 'string', value: '…' } }] },
      ]);
    }
  });
});
