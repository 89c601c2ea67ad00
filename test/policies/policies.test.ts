import { describe, expect, it } from 'vitest';
import { parseModule } from '../../grammar/index.ts';
import { Evaluation } from '../../src/evaluate/index.ts';
import { printModule } from '../../src/language/format/index.ts';
import { annotationsOf } from '../../src/language/index.ts';
import { toJson } from '../../src/values/index.ts';
import { casesOf, decideCase, fileOf, folders, policyOf } from './library.ts';

const DAY = 1_795_132_800_000_000_000n;

it('there are policies', () => {
  expect(folders).toContain('tags/disallowed-tags');
  expect(folders).toContain('sets/production');
});

describe.each(folders)('%s', folder => {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  const policy = fileOf(folder, `${name}.policy`);

  it('is documented', () => {
    const readme = fileOf(folder, 'README.md');
    for (const part of [`# ${name}`, '**Avoid**', '**Prefer**', '## Why', '## Parameters'])
      expect(readme).toContain(part);
  });

  it.skipIf(policy === undefined)('says in METADATA what it is', () => {
    const { module } = parseModule(policy!, { version: 'v1', dialect: 'policy' });
    const [annotation] = annotationsOf(module!, offset => policy!.slice(0, offset).split('\n').length);
    expect(annotation).toMatchObject({
      scope: 'package',
      title: expect.any(String) as string,
      description: expect.any(String) as string,
      fields: { custom: { category: folder.split('/')[0], severity: expect.any(String) as string } },
    });
    expect(module!.package.path).toEqual(['pratique', ...folder.replaceAll('-', '_').split('/')]);
  });

  it('is formatted', () => {
    for (const file of [`${name}.policy`, `${name}_test.rego`]) {
      const text = fileOf(folder, file);
      if (text === undefined) continue;
      const dialect = file.endsWith('.policy') ? 'policy' : 'rego';
      const { module } = parseModule(text, { version: 'v1', dialect });
      expect(printModule(module!, text)).toBe(text);
    }
  });

  it('has cases that allow and cases that deny', () => {
    const decisions = casesOf(folder).map(({ decision }) => decision);
    expect(decisions).toEqual(expect.arrayContaining(['allow', 'deny']));
  });

  it.each(casesOf(folder))('$name', async each => {
    const { decision, violations = [] } = each;
    expect(await decideCase(folder, each)).toEqual({ decision, violations });
  });

  const tests = fileOf(folder, `${name}_test.rego`);
  it.skipIf(tests === undefined)('passes its own tests', () => {
    const { module } = parseModule(tests!, { version: 'v1', dialect: 'rego' });
    const names = module!.items.flatMap(item => (item.kind === 'rule' ? [item.head.ref.name.text] : []));
    const { compiled, data } = policyOf(folder, { tests: true });
    const evaluation = new Evaluation(compiled, { data, now: DAY });
    const results = toJson(evaluation.document(module!.package.path)!) as Record<string, unknown>;
    const written = names.filter(each => each.startsWith('test_'));
    expect(written.length).toBeGreaterThan(2);
    expect(written.filter(each => results[each] !== true)).toEqual([]);
  });
});
