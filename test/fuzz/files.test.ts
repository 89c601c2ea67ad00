import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseModule } from '../../grammar/index.ts';
import { SourceFile } from '../../src/base/index.ts';
import { checkPolicy, printModule } from '../../src/language/index.ts';
import { parseJson, stringify } from '../../src/values/index.ts';
import { policyOf, verdictOn } from '../decide/decided.ts';
import { json } from '../differential/generator/documents.ts';
import { mutated } from '../differential/generator/mutation.ts';
import { Random } from '../differential/generator/random.ts';
import { shapeOf } from '../language/trees.ts';

const policy = policyOf(`package acme
import rego.v1
allow registry "ghcr.io/acme/*"
deny tag "latest"
require digest unless input.context.dev
warn image where { image.pull_policy == "Always" }
deny contains msg if { some o in input.objects; msg := sprintf("%v", [o.metadata.name]) }
`);

function texts(root: string, ending: RegExp): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(name => ending.test(name))
    .sort()
    .map(name => readFileSync(join(root, name), 'utf8'));
}

/** The Rego modules in the templates of Gatekeeper's library, and our own policies. */
function modules(): string[] {
  const own = texts('policies', /\.(?:rego|policy)$/u);
  const shared = '../shared/corpus/gatekeeper-library';
  return existsSync(shared) ? [...own, ...texts(shared, /\.rego$/u)] : own;
}

describe('policy files with a few tokens changed', () => {
  it('are read or refused with problems in their text, and print to the same tree', () => {
    const random = new Random(11);
    const all = modules();
    for (let round = 0; round < 400; round++) {
      const text = mutated(random.pick(all), random);
      const dialect = random.pick(['policy', 'rego'] as const);
      const version = random.pick(['v0', 'v1'] as const);
      const { diagnostics } = checkPolicy([{ source: new SourceFile('f', text), dialect, version }]);
      for (const { span } of diagnostics) expect(span.end).toBeLessThanOrEqual(text.length);
      const { module } = parseModule(text, { dialect, version });
      if (module === undefined) continue;
      const printed = printModule(module, text);
      expect(shapeOf(parseModule(printed, { dialect, version }).module), printed).toEqual(shapeOf(module));
    }
  });
});

describe('random JSON', () => {
  it('is read and written without loss', () => {
    const random = new Random(5);
    for (let round = 0; round < 2000; round++) {
      const value = parseJson(json(random, 5));
      expect(stringify(parseJson(stringify(value)))).toBe(stringify(value));
    }
  });

  it('as manifests gets a verdict', async () => {
    const random = new Random(6);
    for (let round = 0; round < 200; round++) {
      const text = json(random, 4);
      const verdict = await verdictOn([policy], { manifests: text, context: JSON.parse(json(random, 2)) });
      expect(verdict.decision, text).toBeDefined();
    }
  });

  it.skipIf(!existsSync('../shared/corpus/manifests'))(
    'and manifests with a few tokens changed get a verdict (skipped without ../shared)',
    async () => {
      const random = new Random(7);
      const all = texts('../shared/corpus/manifests', /\.ya?ml$/u).filter(text => text.length < 5000);
      for (let round = 0; round < 150; round++) {
        const text = mutated(random.pick(all), random);
        const verdict = await verdictOn([policy], { manifests: text });
        expect(verdict.decision, text).toBeDefined();
      }
    },
  );

  it('a violation of shared parts ends the verdict as an error', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `x${i + 1} := [x${i}, x${i}]`).join('\n');
    const doubled = policyOf(
      `package acme\nx0 := [1]\n${lines}\nviolation contains {"msg": "m", "details": x60} if true\n`,
    );
    const verdict = await verdictOn([doubled], { images: ['nginx'] });
    expect(verdict.decision).not.toBe('allow');
    expect(JSON.stringify(verdict)).toContain('eval_budget_error');
  });
});
