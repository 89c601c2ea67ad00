import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../../src/base/index.ts';
import { checkPolicy } from '../../../src/language/index.ts';

/** The conditions of the rule `p` in the order in which they are evaluated, as written. */
function ordered(body: readonly string[]): string[] {
  const source = new SourceFile('a.rego', `package t\n\np if {\n${body.join('\n')}\n}\n`);
  const { checked, diagnostics } = checkPolicy([{ source }]);
  if (!checked) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  const [branch] = checked.rules[0]!.branches;
  const goals = checked.order.get(branch!.body)!;
  return goals.filter(goal => !goal.generated).map(({ span }) => source.text.slice(span.start, span.end));
}

describe('the order of a body', () => {
  it('is that of the source where it can be', () => {
    const body = ['x := 1', 'y := x', 'input.a[y]', 'not input.b', 'y > 0'];
    expect(ordered(body)).toEqual(body);
  });

  it('puts what binds before what reads, and keeps the rest as written', () => {
    const body = ['not input.b[x]', 'count(y) > 1', 'x = 1', 'y = input.c'];
    expect(ordered(body)).toEqual(['x = 1', 'y = input.c', 'not input.b[x]', 'count(y) > 1']);
  });

  it('takes two rounds for what waits for something below it', () => {
    expect(ordered(['z = y', 'y = x', 'x = 1'])).toEqual(['z = y', 'y = x', 'x = 1'].toReversed());
  });

  it('waits for what a comprehension shares with the body', () => {
    expect(ordered(['xs := [v | v := input.a[k]]', 'k = "b"', 'count(xs) > 0'])).toEqual([
      'k = "b"',
      'xs := [v | v := input.a[k]]',
      'count(xs) > 0',
    ]);
  });

  it('is found for a body written backwards, however long', () => {
    const length = 3000;
    const steps = Array.from({ length }, (_, i) => `x${length - i} = x${length - i - 1}`);
    const found = ordered([...steps, 'x0 = 1']);
    expect(found[0]).toBe('x0 = 1');
    expect(found.at(-1)).toBe(`x${length} = x${length - 1}`);
  });
});
