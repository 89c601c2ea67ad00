import { describe, expect, it } from 'vitest';
import { coverageToJson } from '../../../src/bundles/testing/index.ts';
import { runOf } from './tested.ts';

const policy = `package c

foo := 1

default allow := false

allow if {
	input.a == 1
	every x in input.xs { x > 0 }
}

deny contains msg if {
	msgs := [m |
		some m in input.ms
		m != "z"
	]
	msg := msgs[_]
}

f(x) := 2 if {
	x == 1
} else := 3 if {
	x == 2
}
`;

const tests = `package c

test_a if {
	some y
	allow with input as {"a": 1, "xs": [1]}
	f(1) == 2
	y = 1
}
`;

function coverageOf(files: Readonly<Record<string, string>>) {
  const run = runOf(files, { coverage: true });
  const results = [...run.results()];
  expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => 'pass'));
  return run.coverage();
}

describe('coverage', () => {
  const coverage = coverageOf({ 'c.rego': policy, 'c_test.rego': tests });

  it('has lines as opa test has them', () => {
    const file = coverage.files.get('c.rego')!;
    expect(file.coveredLines).toEqual([7, 8, 9, 20, 21]);
    expect(file.notCoveredLines).toEqual([3, 5, 12, 13, 14, 15, 16, 17, 22, 23]);
    expect(file.coverage).toBeCloseTo(33.33, 1);
  });

  it('leaves declarations out', () => {
    const file = coverage.files.get('c_test.rego')!;
    expect(file.coveredLines).toEqual([3, 5, 6, 7]);
    expect(file).toMatchObject({ notCoveredLines: [], coverage: 100 });
  });

  it('adds up', () => {
    expect(coverage).toMatchObject({ coveredLines: 9, notCoveredLines: 10 });
    expect(coverage.coverage).toBeCloseTo((100 * 9) / 19, 5);
  });

  it('has ranges in JSON', () => {
    const json = JSON.parse(JSON.stringify(coverageToJson(coverage)));
    expect(json.files['c.rego'].covered).toContainEqual({
      start: { row: 8, col: 2 },
      end: { row: 8, col: 14 },
    });
    expect(json.files['c.rego'].not_covered).toContainEqual({
      start: { row: 22, col: 3 },
      end: { row: 22, col: 12 },
    });
    expect(json).toMatchObject({ covered_lines: 9, not_covered_lines: 10 });
  });

  it('is whole where a condition was tried, whatever of it was not', () => {
    const coverage = coverageOf({
      'a.rego': 'package a\ntest_x if {\n\tcount([x |\n\t\tsome x in input.none\n\t\tx > 1\n\t]) == 0\n}',
    });
    expect(coverage).toMatchObject({ coveredLines: 5, notCoveredLines: 0 });
  });

  it('is nothing of what no test reaches', () => {
    const run = runOf({ 'a.rego': 'package a\np if true' }, { coverage: true });
    expect([...run.results()]).toEqual([]);
    expect(run.coverage()).toMatchObject({ coveredLines: 0, notCoveredLines: 1, coverage: 0 });
  });
});
