import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ConformanceCase, readCases } from './cases.ts';
import { runCase } from './run-case.ts';

/** Cases that fail, and why they are allowed to, by their ids. One that passes must leave the list. */
const skips: Readonly<Record<'v0' | 'v1', Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync('test/conformance/skips.json', 'utf8'),
);

/** The suite lies beside a checkout; a checkout that stands alone skips it. */
for (const version of ['v1', 'v0'] as const) {
  const folder = `../shared/rego-conformance/${version}`;
  const title = `conformance of Rego ${version} (${folder}, skipped where it is absent)`;
  describe.skipIf(!existsSync(folder))(title, () => checkFolder(folder, version));
}

function checkFolder(folder: string, version: 'v0' | 'v1'): void {
  const cases = existsSync(folder) ? readCases(folder) : [];
  const reasons = new Map<string, string | undefined>();
  const reasonOf = (test: ConformanceCase): string | undefined => {
    if (!reasons.has(test.id)) reasons.set(test.id, runCase(test, version));
    return reasons.get(test.id);
  };

  for (const [category, tests] of Map.groupBy(cases, test => test.id.split('/')[0]!)) {
    it(`${category}: ${tests.length} cases`, () => {
      const failures = tests.flatMap(test => {
        const reason = reasonOf(test);
        const fails = reason !== undefined && !Object.hasOwn(skips[version], test.id);
        return fails ? [`${test.id} ${test.note}: ${reason}`] : [];
      });
      expect(failures).toEqual([]);
    });
  }

  it('skips no case that passes, and none that is not there', () => {
    const failing = new Set(cases.filter(test => reasonOf(test) !== undefined).map(test => test.id));
    expect(Object.keys(skips[version]).filter(id => !failing.has(id))).toEqual([]);
  });
}
