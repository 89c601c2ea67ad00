import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { casesOf, folders, verdictOn } from './library.ts';

const corpus = '../shared/corpus/manifests';

const manifests = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter(path => /\.(?:ya?ml|json)$/u.test(path))
  : [];

/** Hand-made lists of what is in each file stand beside it. */
const texts = manifests
  .filter(path => !path.endsWith('.images.json') && path !== 'index.json')
  .map(path => readFileSync(`${corpus}/${path}`, 'utf8'));

describe.skipIf(texts.length === 0)(`real manifests (${corpus} is absent if this is skipped)`, () => {
  it('are 300', () => {
    expect(texts.length).toBeGreaterThanOrEqual(300);
  });

  const withoutData = folders.map(folder => ({ folder, data: undefined }));
  const withData = folders.flatMap(folder => {
    const data = casesOf(folder).find(each => each.decision === 'allow' && each.data !== undefined)?.data;
    return data === undefined ? [] : [{ folder, data }];
  });

  it.each([...withoutData, ...withData])(
    'are decided by $folder, given $data, without an error of the policy',
    async ({ folder, data }) => {
      const errors = new Set<string>();
      for (const manifests of texts) {
        const verdict = await verdictOn(folder, { manifests, ...(data !== undefined && { data }) });
        const ofPolicy = verdict.errors.filter(
          ({ source, code }) => source?.file !== 'manifests' && code !== 'evidence_error',
        );
        for (const { message, source } of ofPolicy) errors.add(`${source?.file}:${source?.line}: ${message}`);
      }
      expect([...errors]).toEqual([]);
    },
  );
});
