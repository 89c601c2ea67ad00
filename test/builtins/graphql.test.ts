import { describe, expect, it } from 'vitest';
import { agreesWithOpa, call, outcome, recorded } from './agreement.ts';

agreesWithOpa('GraphQL', recorded('graphql'));

describe('trees in place of texts', () => {
  const rows = recorded('graphql').filter(
    ([name, , answer]) => name !== 'graphql.is_valid' && answer !== undefined,
  );
  const texts = (name: string) => rows.filter(row => row[0] === name).map(row => row[1][0]!);

  it('are read as the texts are', () => {
    for (const text of texts('graphql.parse_schema')) {
      const tree = call('graphql.parse_schema', text)!;
      expect(call('graphql.schema_is_valid', tree)).toBe(call('graphql.schema_is_valid', text));
    }
    for (const text of texts('graphql.parse_and_verify')) {
      const schema = 'type Query { a(x: Int!): Int b: [B!]! } type B { id: ID! }';
      if ('code' in outcome('graphql.parse_query', text)) continue;
      const tree = call('graphql.parse_query', text)!;
      expect(call('graphql.is_valid', tree, call('graphql.parse_schema', schema)!)).toBe(
        call('graphql.is_valid', text, schema),
      );
    }
  });

  it('hide no other query in their names', () => {
    const tree = {
      Operations: [{ Operation: 'query', Name: '', SelectionSet: [{ Alias: 'a', Name: 'a } { b' }] }],
    };
    expect(call('graphql.is_valid', tree, 'type Query { a: Int b: Int }')).toBe(false);
  });
});

describe('hostile GraphQL', () => {
  it('is an error, not a crash', () => {
    expect(outcome('graphql.parse_query', '{a'.repeat(50_000))).toEqual({ code: 'eval_builtin_error' });
    expect(outcome('graphql.parse_query', `{${'a '.repeat(200_000)}}`)).toEqual({
      code: 'eval_builtin_error',
    });
  });
});
