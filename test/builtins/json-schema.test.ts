import { describe, expect, it } from 'vitest';
import { agreesWithOpa, call, outcome, recorded } from './agreement.ts';

agreesWithOpa('JSON Schema', recorded('json-schema'));

describe('hostile schemas', () => {
  it('that refer to themselves without an end stop at the depth', () => {
    const loop = { definitions: { a: { allOf: [{ $ref: '#/definitions/a' }] } }, $ref: '#/definitions/a' };
    expect(() => call('json.match_schema', {}, loop)).toThrow('depth');
  });

  it('fetch nothing', () => {
    expect(outcome('json.match_schema', {}, { $ref: 'https://acme.io/schema.json' })).toEqual({
      code: 'eval_builtin_error',
    });
  });

  it('match in linear time', () => {
    const schema = { properties: { a: { pattern: '^(a+)+$' } } };
    expect(outcome('json.match_schema', { a: `${'a'.repeat(20_000)}!` }, schema)).toMatchObject({
      value: expect.stringContaining('Does not match pattern'),
    });
  });
});
