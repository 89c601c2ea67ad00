import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ConformanceCase, readCases } from './cases.ts';
import { runCase } from './run-case.ts';

/** The suite lies beside a checkout; a checkout that stands alone skips it. */
const folder = '../shared/rego-conformance/v1';

/** Cases that fail, and why they are allowed to, by their ids. One that passes must leave the list. */
const skips: Readonly<Record<string, string>> = JSON.parse(
  readFileSync('test/conformance/skips.json', 'utf8'),
);

describe.skipIf(!existsSync(folder))(`conformance of Rego v1 (${folder}, skipped where it is absent)`, () => {
  const cases = existsSync(folder) ? readCases(folder) : [];
  const reasons = new Map<string, string | undefined>();
  const reasonOf = (test: ConformanceCase): string | undefined => {
    if (!reasons.has(test.id)) reasons.set(test.id, runCase(test));
    return reasons.get(test.id);
  };
  const categories = Map.groupBy(cases, test => test.id.split('/')[0]!);

  for (const [category, tests] of categories) {
    it(`${category}: ${tests.length} cases`, () => {
      const failures = tests.flatMap(test => {
        const reason = reasonOf(test);
        return reason === undefined || Object.hasOwn(skips, test.id)
          ? []
          : [`${test.id} ${test.note}: ${reason}`];
      });
      expect(failures).toEqual([]);
    });
  }

  it('skips no case that passes, and none that is not there', () => {
    const failing = new Set(cases.filter(test => reasonOf(test) !== undefined).map(test => test.id));
    expect(Object.keys(skips).filter(id => !failing.has(id))).toEqual([]);
  });
});
