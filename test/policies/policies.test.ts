import { describe, expect, it } from 'vitest';
import { parseModule } from '../../grammar/index.ts';
import { printModule } from '../../src/language/format/index.ts';
import {
  baseOf,
  casesOf,
  fileOf,
  folders,
  metadataOf,
  rulesOf,
  texts,
  verdictOn,
  violatedRules,
} from './library.ts';

it('there are policies', () => {
  expect(folders).toContain('tags/disallowed-tags');
  expect(folders).toContain('sets/production');
});

it('no two parameters have one name, but those that a set shares with its policies', () => {
  const owners = Map.groupBy(
    folders.flatMap(folder =>
      Object.keys(metadataOf(folder)?.parameters ?? {}).map(name => ({ folder, name })),
    ),
    ({ name }) => name,
  );
  const shared = [...owners].filter(
    ([, uses]) => uses.filter(({ folder }) => !folder.startsWith('sets/')).length > 1,
  );
  expect(shared).toEqual([]);
});

describe.each(folders)('%s', folder => {
  const name = baseOf(folder);

  it('is documented', () => {
    const readme = fileOf(folder, 'README.md');
    for (const part of [`# ${name}`, '**Avoid**', '**Prefer**', '## Why', '## Parameters'])
      expect(readme).toContain(part);
  });

  it('documents each of its parameters', () => {
    const readme = fileOf(folder, 'README.md');
    for (const parameter of Object.keys(metadataOf(folder)?.parameters ?? {}))
      expect(readme).toContain(`\`${parameter}\``);
  });

  it.skipIf(rulesOf(folder) === undefined)('says in METADATA what it is', () => {
    expect(metadataOf(folder)).toMatchObject({
      title: expect.stringMatching(/./u) as string,
      description: expect.stringMatching(/\.$/u) as string,
      category: folder.split('/')[0],
      severity: expect.stringMatching(/^(?:low|medium|high|critical)$/u) as string,
    });
    const { module } = parseModule(rulesOf(folder)!, { version: 'v1', dialect: 'policy' });
    expect(module!.package.path).toEqual(['pratique', ...folder.replaceAll('-', '_').split('/')]);
  });

  it('has three cases that allow and three that deny', () => {
    const decisions = Map.groupBy(casesOf(folder), ({ decision }) => decision);
    expect(decisions.get('allow')?.length).toBeGreaterThanOrEqual(3);
    expect(decisions.get('deny')?.length).toBeGreaterThanOrEqual(3);
  });

  it.each(casesOf(folder))('$name', async each => {
    const verdict = await verdictOn(folder, each);
    expect({ decision: verdict.decision, violations: violatedRules(verdict) }).toEqual({
      decision: each.decision,
      violations: each.violations ?? [],
    });
  });
});

describe.each(texts.filter(({ path }) => /\.(?:rego|policy)$/u.test(path)))('$path', ({ path, text }) => {
  it('is formatted', () => {
    const dialect = path.endsWith('.policy') ? 'policy' : 'rego';
    const { module } = parseModule(text, { version: 'v1', dialect });
    expect(printModule(module!, text)).toBe(text);
  });
});
