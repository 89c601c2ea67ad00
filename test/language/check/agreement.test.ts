import { describe, expect, it } from 'vitest';
import table from './agreement.json' with { type: 'json' };
import { problems } from './problems.ts';

/**
 * Programs with what OPA 1.22 reports: code, module, row, column. We report the same or, where its
 * errors are consequences of one another, some of them; `ours` says where we know better, and that it
 * stays so: OPA gives no place there, or that of another expression, or with targets that hold variables.
 */
interface Agreed {
  readonly name: string;
  readonly modules: readonly string[];
  readonly version?: 'v0' | 'v1';
  readonly strict?: boolean;
  readonly opa: readonly (readonly (string | number)[])[];
  readonly ours?: readonly (readonly (string | number)[])[];
}

describe('agreement with OPA', () => {
  it.each(table as readonly Agreed[])('$name', ({ modules, version = 'v1', strict = false, opa, ours }) => {
    const found = problems(modules, { version, strict }).map(({ code, file, row, col }) => [
      code,
      file,
      row,
      col,
    ]);
    if (ours) {
      expect(found).toEqual(ours);
      return;
    }
    expect(found.length === 0).toBe(opa.length === 0);
    for (const each of found) expect(opa).toContainEqual(each);
    expect(found[0]).toEqual(opa[0]);
  });
});
