import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { failureOf, readAssertion } from '../../src/bundles/gatekeeper/index.ts';
import { fromJson, type Json } from '../../src/values/index.ts';
import { attacks } from './attacks.ts';
import { verdictOn } from './library.ts';

const set = 'sets/gatekeeper-compat';
const corpus = '../shared/corpus/gatekeeper-library/images';

interface Suite {
  readonly tests: readonly {
    readonly name: string;
    readonly constraint: string;
    readonly cases: readonly {
      readonly name: string;
      readonly object: string;
      readonly assertions: readonly Json[];
    }[];
  }[];
}

/** Every case of every suite below the folder. */
const cases = (existsSync(corpus) ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }) : [])
  .filter(path => path.endsWith('suite.yaml'))
  .flatMap(path => {
    const read = (file: string) => readFileSync(join(corpus, path, '..', file), 'utf8');
    return (load(read('suite.yaml')) as Suite).tests.flatMap(test => {
      const { kind, spec } = load(read(test.constraint)) as { kind: string; spec: { parameters?: Json } };
      return test.cases.map(each => ({
        name: `${path}: ${test.name}: ${each.name}`,
        kind,
        parameters: spec.parameters ?? {},
        object: read(each.object),
        assertions: each.assertions,
      }));
    });
  });

describe.skipIf(cases.length === 0)(
  `the suites of Gatekeeper's library (skipped where ${corpus} is absent)`,
  () => {
    it('are there for each kind of the set', () => {
      expect([...new Set(cases.map(({ kind }) => kind))].sort()).toEqual([
        'K8sAllowedRepos',
        'K8sAllowedReposv2',
        'K8sDisallowedRepos',
        'K8sDisallowedTags',
        'K8sImageDigests',
      ]);
    });

    it.each(cases)('$name', async ({ kind, parameters, object, assertions }) => {
      const verdict = await verdictOn(set, {
        manifests: object,
        data: { parameters: { [kind]: parameters } },
      });
      const violations = verdict.violations.filter(({ rule }) =>
        rule.startsWith('pratique.sets.gatekeeper_compat.violation'),
      );
      const found = violations.map(({ message }) => ({ message, details: null }));
      expect(verdict.errors).toEqual([]);
      expect(verdict.decision).toBe(found.length === 0 ? 'allow' : 'deny');
      for (const assertion of assertions) {
        const read = readAssertion(fromJson(assertion));
        expect('value' in read && failureOf(read.value, found)).toBeUndefined();
      }
    });
  },
);

describe('allowedImages that end as Gatekeeper says they should', () => {
  const allowedImages = [
    'nginx:*',
    'gcr.io/*',
    'ghcr.io/acme/*',
    'registry.acme.io:5000/web/*',
    'quay.io/acme/api:*',
  ];
  const parameters = { K8sAllowedReposv2: { allowedImages } };

  /** A star at the end of a text takes all that follows. */
  const within = new Set(['a repository below those that one * covers']);

  it.each(attacks.filter(({ name }) => !within.has(name)))('keep out $name', async ({ ref }) => {
    expect((await verdictOn(set, { images: [ref], data: { parameters } })).decision).toBe('deny');
  });
});
