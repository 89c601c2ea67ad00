import { describe, expect, it } from 'vitest';
import { stringify } from '../../../src/values/index.ts';
import { resultsOf } from './tested.ts';

/** What is said of the failing condition of a test with this body: `line:column text; term=value`. */
function failureOf(body: string, rules = ''): string {
  const [result] = resultsOf(`package a\n${rules}\ntest_x if {\n\t${body.split('; ').join('\n\t')}\n}`);
  const { failure } = result!;
  if (failure === undefined) return 'none';
  const values = failure.values.map(
    ({ text, value }) => `${text}=${value === undefined ? 'undefined' : stringify(value)}`,
  );
  return [`${failure.line}:${failure.column} ${failure.text}`, ...values].join('; ');
}

describe('the condition that made a test fail', () => {
  it.each([
    ['x := 2; x == 3', '5:2 x == 3; x=2'],
    ['x := [1, 2]; count(x) == 3', '5:2 count(x) == 3; count(x)=2; x=[1,2]'],
    ['input.x == 1', '4:2 input.x == 1; input.x=undefined'],
    ['input.x == 1 with input.x as 2', '4:2 input.x == 1 with input.x as 2; input.x=2'],
    ['some x in [1, 2]; x > 5', '5:2 x > 5; x=2'],
    ['some x in input.xs', '4:2 some x in input.xs; input.xs=undefined'],
    ['x := 1; not x == 1', '5:2 not x == 1; x=1'],
    ['x := "a"; not startswith(x, "a")', '5:2 not startswith(x, "a"); x="a"'],
    ['x := {"a"}; "b" in x', '5:2 "b" in x; x=["a"]'],
    ['every x in [1, 2] { x < 2 }', '4:22 x < 2; x=2'],
    ['y := [x | some x in [1]]; y == [2]', '5:2 y == [2]; y=[1]'],
    [
      'count([x | some x in [1, 2]]) == 3',
      '4:2 count([x | some x in [1, 2]]) == 3; count([x | some x in [1, 2]])=2',
    ],
    ['y := input.missing', '4:2 y := input.missing; input.missing=undefined'],
  ])('%s', (body, said) => {
    expect(failureOf(body)).toBe(said);
  });

  it('is in the test itself, with what the rule gave', () => {
    const rules = 'default allow := false\nallow if input.user == "bob"';
    expect(failureOf('allow with input.user as "eve"', rules)).toBe(
      '5:2 allow with input.user as "eve"; allow=false',
    );
  });

  it('shows its lines', () => {
    const [result] = resultsOf('package a\ntest_x if 1 == 2');
    expect(result!.failure!.frame).toBe('2 | test_x if 1 == 2\n  |           ^^^^^^');
  });

  it('is none where the test gives something else than true', () => {
    const [result] = resultsOf('package a\ntest_x := 7');
    expect(result!.failure).toBeUndefined();
    expect(result!.value).toBe(7);
  });
});
