import { describe, expect, it } from 'vitest';
import { agreesWithOpa, outcome, recorded } from './agreement.ts';

agreesWithOpa('rego.parse_module', recorded('rego'));

describe('a hostile module', () => {
  it('is an error, not a crash', () => {
    const deep = `package a\np := ${'['.repeat(5000)}${']'.repeat(5000)}`;
    expect(outcome('rego.parse_module', 'x.rego', deep)).toEqual({ code: 'eval_builtin_error' });
  });
});
