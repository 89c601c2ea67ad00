import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { exportTemplate } from '../../../src/bundles/gatekeeper/export/index.ts';
import type { Verdict } from '../../../src/decide/index.ts';
import type { Json, JsonObject } from '../../../src/values/index.ts';
import { casesOf, folders, type PolicyCase, sourceOf, verdictOn } from '../../policies/library.ts';
import { opaLibrary } from '../opa/opa.ts';
import { hasGator, verify, withGator } from './gator.ts';
import { type Expectation, type Files, problemsOf, suiteOf } from './suites.ts';

const exported = [...folders, 'sets/baseline'].map(folder => ({
  folder,
  ...exportTemplate(sourceOf(folder), opaLibrary),
}));
const leaving = exported.filter(({ exported: objects }) => objects !== undefined);
const staying = exported.filter(({ exported: objects }) => objects === undefined);

/** Those that are about more than Dockerfiles. */
const judging = leaving.filter(({ folder }) => casesOf(folder).some(each => objectsOf(each).length > 0));

/** One moment for all, for gator has no clock of its own. */
const now = Date.now();
const moment = new Date(now).toISOString();

/** The objects of a case; its images stand in a pod where it has no manifests. */
function objectsOf({ images = [], manifests }: PolicyCase): readonly JsonObject[] {
  if (manifests !== undefined) return (loadAll(manifests) as JsonObject[]).filter(each => each !== null);
  const containers = images.map((image, i) => ({ name: `c${i}`, image }));
  return containers.length === 0
    ? []
    : [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers } }];
}

/** How many violations a template has to find: each that is an error and not lifted, once. */
function violationsOf({ violations }: Verdict): number {
  const standing = violations.filter(({ severity, exempted }) => severity === 'error' && !exempted);
  const texts = standing.map(({ rule, image, message, because, expected, found }) =>
    JSON.stringify([rule, image, message, because, expected, found]),
  );
  return new Set(texts).size;
}

/** What the policy itself decides of one object of a case, without a context, as it is asked in a cluster. */
async function expectationOf(folder: string, { data }: PolicyCase, object: Json, name: string) {
  const manifests = JSON.stringify(object);
  const verdict = await verdictOn(folder, {
    manifests,
    as_of: moment,
    ...(data !== undefined && { data }),
  });
  const violations = violationsOf(verdict);
  expect([name, verdict.decision !== 'allow']).toEqual([name, violations > 0]);
  return { name, object, violations };
}

/** A suite for each set of data that the cases of a policy have. */
async function suitesOf(folder: string): Promise<Files> {
  const byData = Map.groupBy(casesOf(folder), ({ data }) => JSON.stringify(data));
  const suites = [...byData.values()].map(async (cases, i) => {
    const expected: Expectation[] = [];
    for (const each of cases)
      for (const [j, object] of objectsOf(each).entries())
        expected.push(await expectationOf(folder, each, object, `${each.name} ${j}`));
    const directory = `${folder.replaceAll('/', '-')}-${i}`;
    return expected.length === 0 ? {} : suiteOf(directory, sourceOf(folder, cases[0]!.data), expected);
  });
  return Object.assign({}, ...(await Promise.all(suites))) as Files;
}

it('what needs no evidence leaves, the rest says what cannot', () => {
  expect(leaving.map(({ folder }) => folder)).toEqual(
    expect.arrayContaining(['tags/version-tags', 'registries/allowed-registries', 'sets/baseline']),
  );
  expect(judging.length).toBeGreaterThan(15);
  for (const { diagnostics } of staying) {
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { message, hint } of diagnostics) {
      expect(message).toMatch(/cannot be exported: it needs \w+\./u);
      expect(hint).toContain('--provider');
    }
  }
});

describe.each(judging.map(({ folder }) => folder))('the template of %s', folder => {
  it('decides the objects of its cases as the policy does, by our runner', async () => {
    const files = await suitesOf(folder);
    expect(problemsOf(files, BigInt(now) * 1_000_000n)).toEqual([]);
  });

  it.skipIf(!hasGator)(
    `decides them so by ${withGator}`,
    async () => {
      expect(verify(await suitesOf(folder))).toBe('');
    },
    120_000,
  );
});
