import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/base/index.ts';
import { formatSource } from '../../src/bundles/index.ts';

describe('formatting a source', () => {
  it('gives the same text for what is formatted', () => {
    const { text } = formatSource({ source: new SourceFile('a.rego', 'package a\n# why\np:=1 # so\n') });
    expect(text).toBe('package a\n\n# why\np := 1 # so\n');
    expect(formatSource({ source: new SourceFile('a.rego', text!) }).text).toBe(text);
  });

  it('reads image statements in policies alone', () => {
    const text = 'package a\n\ndeny tag "latest"\n';
    expect(formatSource({ source: new SourceFile('a.policy', text) }).text).toBe(text);
    expect(formatSource({ source: new SourceFile('a.rego', text) }).diagnostics).not.toEqual([]);
  });

  it('keeps sets sets where v0 has if and not contains', () => {
    const text = 'package a\n\nimport future.keywords.if\n\np[x] {\n\tx := 1\n}\n';
    expect(formatSource({ source: new SourceFile('a.rego', text), version: 'v0' }).text).toBe(text);
  });

  it('indents modifiers that have lines of their own, and no others', () => {
    const text = `package a

p if {
	q with input as {
		"a": 1,
	}
	q with input as [
		1,
	]
		with data.b as {
			"c": 2,
		}
}
`;
    expect(formatSource({ source: new SourceFile('a.rego', text) }).text).toBe(text);
  });

  it('refuses syntax errors', () => {
    const { text, diagnostics } = formatSource({ source: new SourceFile('a.rego', 'package a\np :=\n') });
    expect(text).toBeUndefined();
    expect(diagnostics[0]).toMatchObject({ code: 'rego_parse_error' });
  });
});
