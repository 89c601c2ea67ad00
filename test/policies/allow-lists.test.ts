import { describe, expect, it } from 'vitest';
import { allowLists, policiesWithLists } from './allow-lists.ts';
import { allowedPatterns, attacks, honestRefs } from './attacks.ts';
import { verdictOn } from './library.ts';

it('every policy that lets in by a list is put to the attacks', () => {
  const attacked = allowLists.map(({ folder }) => folder);
  expect(attacked).toEqual(expect.arrayContaining([...policiesWithLists]));
  expect(attacked).toContain('registries/allowed-registries');
});

describe.each(allowLists)('$folder', ({ folder, parameters, submission, errors }) => {
  const decisionOn = async (ref: string, patterns = allowedPatterns) => {
    const verdict = await verdictOn(folder, {
      data: { parameters: parameters(patterns) },
      ...submission(ref),
    });
    expect(verdict.errors.filter(({ message }) => !errors?.test(message))).toEqual([]);
    return verdict.decision;
  };

  it.each(attacks)('keeps out $name', async ({ ref }) => {
    expect(await decisionOn(ref)).toBe('deny');
  });

  it.each(honestRefs)('lets in %s', async ref => {
    expect(await decisionOn(ref)).toBe('allow');
  });

  it('lets in nothing by an empty list', async () => {
    for (const ref of honestRefs) expect(await decisionOn(ref, [])).toBe('deny');
  });
});
