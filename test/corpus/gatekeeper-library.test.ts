import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/base/index.ts';
import {
  type CaseResult,
  compileTemplate,
  countResults,
  type FindFile,
  readAssertion,
  readConstraint,
  readFirstObject,
  readTemplate,
  runCase,
  SuiteRunner,
  toInventory,
  toKubernetesObject,
  toReview,
} from '../../src/bundles/gatekeeper/index.ts';
import { fromJson, isObject, type Json } from '../../src/values/index.ts';

const corpus = '../shared/corpus/gatekeeper-library';
const options = { now: BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n };

interface Cases {
  readonly kind: string;
  readonly rego: string;
  readonly libs: readonly string[];
  readonly tests: readonly {
    readonly name: string;
    readonly constraint: Json;
    readonly cases: readonly {
      readonly name: string;
      readonly object: Json;
      readonly inventory: readonly Json[];
      readonly assertions: readonly Json[];
    }[];
  }[];
}

const find: FindFile = path =>
  statSync(path, { throwIfNoEntry: false })?.isFile()
    ? new SourceFile(path, readFileSync(path, 'utf8'))
    : undefined;

/** What of the cases beside a template does not come out as expected, a line each. */
function failuresOf(folder: string): readonly string[] {
  const cases: Cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8'));
  const document = readFirstObject(join(folder, 'template.yaml'), find).value!;
  const template = readTemplate(document, 'template.yaml').value!;
  expect([template.entry.text, ...template.libs.map(lib => lib.text)]).toEqual([cases.rego, ...cases.libs]);
  const compiled = compileTemplate(template).compiled!;
  return cases.tests.flatMap(test => {
    const constraint = readConstraint(fromJson(test.constraint), template).value!;
    return test.cases.flatMap(each => {
      const result = runCase(
        {
          template: compiled,
          constraint,
          review: toReview(fromJson(each.object)).value!,
          inventory: toInventory(each.inventory.map(fromJson).filter(isObject).map(toKubernetesObject)),
          assertions: each.assertions.map(item => readAssertion(fromJson(item)).value!),
        },
        options,
      );
      return complaint(`${test.name} › ${each.name}`, result);
    });
  });
}

function complaint(name: string, { status, reasons }: Omit<CaseResult, 'name'>): readonly string[] {
  return status === 'passed' ? [] : [`${name}: ${reasons.join('; ')}`];
}

const suites = globSync(`${corpus}/**/suite.yaml`).sort();

describe.skipIf(!existsSync(corpus))("templates of Gatekeeper's library (needs ../shared)", () => {
  it('are there', () => {
    expect(suites.length).toBeGreaterThan(30);
  });

  it.each(suites)('give what %s expects', path => {
    const result = new SuiteRunner(find, options).run(path);
    const found = [
      ...result.reasons,
      ...result.tests.flatMap(test => [
        ...test.reasons,
        ...test.cases.flatMap(each => complaint(`${test.name} › ${each.name}`, each)),
      ]),
    ];
    expect(found).toEqual([]);
    const { passed, ...others } = countResults([result]);
    expect(others).toEqual({ failed: 0, error: 0, skipped: 0 });
    expect(passed).toBeGreaterThan(0);
  });

  it.each(suites.map(path => dirname(path)))('give what the cases of %s expect', folder => {
    expect(failuresOf(folder)).toEqual([]);
  });
});
