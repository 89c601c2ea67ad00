import { describe, expect, it } from 'vitest';
import { readReport } from '../../../src/evidence/reports/index.ts';
import {
  fromJson,
  type Json,
  ObjectValue,
  parseJson,
  stringify,
  type Value,
} from '../../../src/values/index.ts';
import { openVex, problemOf, scanOf, trivyFinding, trivyReport } from './documents.ts';

const finding = trivyFinding('CVE-2026-1', 'HIGH', 'a', 'pkg:npm/a@1') as { readonly [key: string]: Json };
const withFindings = (findings: Json) => trivyReport({ Results: [{ Vulnerabilities: findings }] });

describe('a hostile document', () => {
  it('of wrong types is a problem that says where', () => {
    expect(problemOf(trivyReport({ Results: {} }))).toBe(
      'Trivy report: Results must be a list, found object',
    );
    expect(problemOf(trivyReport({ Results: [1] }))).toBe(
      'Trivy report: each of Results must be an object, found number',
    );
    expect(problemOf(withFindings('CVE-2026-1'))).toBe(
      'Trivy report: Vulnerabilities must be a list, found string',
    );
    expect(problemOf(withFindings([finding, null]))).toBe(
      'Trivy report: each of Vulnerabilities must be an object, found null',
    );
    expect(problemOf(withFindings([{ ...finding, VulnerabilityID: ['x'] }]))).toBe(
      'Trivy report: VulnerabilityID must be a text, found array',
    );
    expect(problemOf(withFindings([{ Severity: 'LOW' }]))).toBe('Trivy report: "PkgName" is missing');
  });

  it('of another version than those that are known is a problem', () => {
    expect(problemOf(trivyReport({ SchemaVersion: 3 }))).toBe(
      'Trivy report: its schema version is not known',
    );
    expect(problemOf({ version: '3.0.0', runs: [] })).toBe('SARIF log: its version of SARIF is not known');
    expect(problemOf({ bomFormat: 'CycloneDX', specVersion: '2.0' })).toBe(
      'CycloneDX document: its version of CycloneDX is not known',
    );
  });

  it('of no report is a problem', () => {
    for (const content of [null, true, 1, [], {}, [[]], [1], { runs: 1 }, { matches: 1, descriptor: {} }])
      expect(problemOf(content), JSON.stringify(content)).not.toBe('no problem');
    for (const text of ['', 'x', '{', '[1,', '\u0000', 'null', '"x"', '<bom/>', 'SPDXVersion: SPDX-2.3'])
      expect(problemOf(text), text).not.toBe('no problem');
  });

  it('that is cut off is a problem, wherever', () => {
    const text = stringify(fromJson(trivyReport()));
    for (let length = 0; length < text.length; length += 7)
      expect(problemOf(text.slice(0, length))).toBe('it is not JSON');
    expect(problemOf(`\uFEFF${text}`)).toBe('no problem');
  });

  it('with names of JavaScript is plain data', () => {
    const text = `{"SchemaVersion":2,"ArtifactName":"a","__proto__":{"Results":[]},"constructor":1,
      "Results":[{"Vulnerabilities":[{"VulnerabilityID":"__proto__","PkgName":"constructor","Severity":"__proto__",
      "VendorSeverity":{"__proto__":4},"CVSS":{"constructor":{"V3Score":9}}}]}]}`;
    const scan = scanOf(JSON.parse(text));
    expect(scan.vulnerabilities).toMatchObject([
      { id: '__proto__', severity: 'unknown', ratings: [{ source: '__proto__', severity: 'critical' }] },
    ]);
    const bom = `{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"name":"a","bom-ref":"__proto__"}],
      "vulnerabilities":[{"id":"CVE-2026-1","affects":[{"ref":"__proto__"},{"ref":"toString"}]}]}`;
    const reading = readReport(bom);
    expect('scan' in reading && reading.scan?.vulnerabilities.map(each => each.package.name)).toEqual([
      'a',
      undefined,
    ]);
  });

  it('with one vulnerability many times has it as many times', () => {
    expect(scanOf(withFindings(new Array(500).fill(finding))).vulnerabilities).toHaveLength(500);
  });

  it('with as many as it likes is read in full', () => {
    const findings = Array.from({ length: 20_000 }, (_, i) => ({
      ...finding,
      VulnerabilityID: `CVE-2026-${i}`,
    }));
    expect(scanOf(withFindings(findings)).vulnerabilities).toHaveLength(20_000);
  });

  it('that is deep is a problem', () => {
    const depth = 100_000;
    expect(problemOf(`{"Results":${'['.repeat(depth)}${']'.repeat(depth)}}`)).toMatch(/JSON|deeply/);
    const deep = Array.from({ length: 600 }).reduce<Value>(inner => [inner], 1);
    expect(readReport(ObjectValue.of([['Results', deep]]))).toEqual({
      problem: 'the document is nested too deeply',
    });
    const nested = Array.from({ length: 60 }).reduce<Json>(inner => ({ name: 'a', components: [inner] }), {
      name: 'a',
    });
    expect(problemOf({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [nested] })).toMatch(
      /deeper than 50/,
    );
  });

  it('that shares its parts again and again is too large, and not written out', () => {
    const shared = Array.from({ length: 40 }).reduce<Value>(inner => [inner, inner], 'x');
    expect(readReport(ObjectValue.of([['Results', shared]]))).toEqual({
      problem: 'the document is too large',
    });
  });

  it('never makes the reader throw, whatever single part of it is exchanged', () => {
    const odd: readonly Json[] = [null, 0, '', 'x', [], {}, [null], [[]], { a: null }, -1, true];
    for (const document of [trivyReport(), openVex({})])
      for (const variant of variantsOf(document, odd))
        expect(() => readReport(fromJson(variant))).not.toThrow();
  });
});

/** The document with each of its parts in turn replaced by each of the others. */
function* variantsOf(document: Json, others: readonly Json[]): Generator<Json> {
  yield* others;
  if (document === null || typeof document !== 'object') return;
  for (const [key, part] of Object.entries(document))
    for (const variant of variantsOf(part as Json, others)) {
      const copy = Array.isArray(document) ? [...document] : { ...document };
      (copy as Record<string, Json>)[key] = variant;
      yield copy as Json;
    }
}

describe('exact numbers', () => {
  it('stay as they are in the raw report', () => {
    const text = '{"SchemaVersion":2,"ArtifactName":"a","Results":[],"n":12345678901234567890}';
    const reading = readReport(text);
    expect('scan' in reading && stringify(reading.scan!.raw)).toBe(stringify(parseJson(text)));
  });
});
