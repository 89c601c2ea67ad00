import { expect, it } from 'vitest';
import { readMoment } from '../../src/base/index.ts';
import { isProgramPart, readProgram } from '../../src/bundles/index.ts';
import { loadTests, TestRun } from '../../src/bundles/testing/index.ts';
import { baseOf, fileOf, folders, rulesOf, texts } from './library.ts';

const files = texts.filter(({ path }) => isProgramPart(path));
const { suite, diagnostics } = loadTests(readProgram([{ prefix: '', files }]));
const run = suite && new TestRun(suite, { now: readMoment('2026-11-20')!, clock: () => 0, coverage: true });

it('is one program without errors', () => {
  expect(diagnostics.map(({ message, source }) => `${source.path}: ${message}`)).toEqual([]);
});

it('passes its own tests', () => {
  const results = [...(run?.results() ?? [])];
  expect(results.length).toBeGreaterThan(10);
  expect(
    results.filter(({ outcome }) => outcome !== 'pass').map(({ file, name }) => `${file}: ${name}`),
  ).toEqual([]);
});

it('is covered by them, every line', () => {
  const covered = [...(run?.coverage().files ?? [])];
  const missed = covered.flatMap(([file, { notCoveredLines }]) =>
    notCoveredLines.map(line => `${file}:${line}`),
  );
  expect(missed).toEqual([]);
  expect(covered.length).toBeGreaterThan(10);
});

it.each(folders.filter(folder => rulesOf(folder) !== undefined))('%s has tests', folder => {
  const tests = fileOf(folder, `${baseOf(folder)}_test.rego`) ?? '';
  expect(tests.match(/^test_/gmu)?.length).toBeGreaterThanOrEqual(3);
});
