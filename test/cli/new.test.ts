import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, run } from './run.ts';

let place: ReturnType<typeof folder>;
beforeAll(() => {
  place = folder({ 'a-file': '', 'policies/taken/notes.txt': 'mine' });
});
afterAll(() => place.remove());

const pratique = (...args: readonly string[]) => run(args, { cwd: place.path });

const read = (path: string) => readFileSync(join(place.path, path), 'utf8');

describe('pratique new rule', () => {
  it('makes a folder whose tests pass', async () => {
    const made = await pratique('new', 'rule', 'tags/no-latest');
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('made policies/tags/no-latest/no-latest.policy');
    expect(made.out).toContain('pratique test policies/tags/no-latest');
    expect(readdirSync(join(place.path, 'policies/tags/no-latest')).sort()).toEqual([
      'README.md',
      'cases.yaml',
      'no-latest.policy',
      'no-latest_test.rego',
    ]);
    const tested = await pratique('test', '--threshold', '100', 'policies/tags/no-latest');
    expect(tested).toMatchObject({ code: 0, out: expect.stringContaining('PASS: 2/2') });
  });

  it('decides as its cases say, and is checked and formatted', async () => {
    await pratique('new', 'rule', 'decided', '--dir', 'mine');
    const { cases } = load(read('mine/decided/cases.yaml')) as {
      cases: readonly { images?: readonly string[]; manifests?: string; decision: string }[];
    };
    for (const [i, { images = [], manifests, decision }] of cases.entries()) {
      const name = manifests === undefined ? `case${i}.txt` : `case${i}.yaml`;
      writeFileSync(join(place.path, name), manifests ?? images.join('\n'));
      const { code, out } = await pratique('eval', '--policy', 'mine/decided', name);
      expect([code, out]).toEqual([
        decision === 'allow' ? 0 : 1,
        expect.stringContaining(decision.toUpperCase()),
      ]);
    }
    expect(await pratique('check', 'mine/decided')).toMatchObject({ code: 0 });
    expect(await pratique('fmt', '--check', 'mine/decided')).toMatchObject({ code: 0 });
  });

  it('writes nothing over what is there', async () => {
    const refused = await pratique('new', 'rule', 'taken');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('there is already something at policies/taken');
    expect(readdirSync(join(place.path, 'policies/taken'))).toEqual(['notes.txt']);
    expect(await pratique('new', 'rule', 'x', '--dir', 'a-file')).toMatchObject({ code: 2 });
    expect(await pratique('new', 'rule', 'x', '--dir', 'a-file/below')).toMatchObject({ code: 2 });
  });

  it.each([
    'No-Latest',
    'no_latest',
    'no--latest',
    '-no',
    'no-',
    '1st',
    '',
    '.',
    '..',
    '../up',
    'a/../b',
    '/abs',
    'a/b/c',
    'a\\b',
    'a b',
    'naïve',
    'a'.repeat(101),
    'import',
    'tags/default',
    'count',
    'input',
    'parameters',
  ])('refuses %j as a name', async name => {
    const refused = await pratique('new', 'rule', '--', name);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(/^error: /u);
  });

  it('says what it wants', async () => {
    expect((await pratique('new')).err).toContain('pratique new rule NAME');
    expect((await pratique('new', 'rle', 'a')).err).toContain('did you mean rule?');
    expect((await pratique('new', 'rule')).err).toContain('a rule needs a name');
    expect((await pratique('new', 'rule', 'a', 'b')).err).toContain('more than one name');
  });
});
