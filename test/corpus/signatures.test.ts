import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Reply } from '../evidence/signatures/ask.ts';
import type { Question } from '../evidence/signatures/cases.ts';
import { Workerd } from '../evidence/signatures/workerd.ts';
import {
  bundleCases,
  type CorpusCase,
  conformanceCases,
  connaisseurCases,
  digestCases,
  folder,
  layerCases,
  notationCases,
  provenanceCases,
  unprovenCases,
} from './signature-cases.ts';

const absent = existsSync(folder) ? '' : ' (skipped: ../shared/corpus is absent)';

const places: readonly [
  name: string,
  askAll: (questions: readonly Question[]) => Promise<readonly Reply[]>,
][] = [
  ['Node', questions => Promise.all(questions.map(ask))],
  ['workerd', questions => workerd.ask(questions)],
];
let workerd: Workerd;

describe.skipIf(absent !== '')(`signatures of others${absent}`, () => {
  beforeAll(async () => {
    workerd = await Workerd.start();
  });
  afterAll(() => workerd?.stop());

  describe.each(places)('in %s', (_place, askAll) => {
    cases('Sigstore conformance', 40, conformanceCases);
    cases('Sigstore bundles', 10, bundleCases);
    cases('bundles of a digest', 3, digestCases);
    cases('SLSA provenance', 25, provenanceCases);
    cases('envelopes without proof', 10, unprovenCases);
    cases('layers of cosign', 2, layerCases);
    cases('signatures of Connaisseur', 20, connaisseurCases);
    cases('signatures of the Notary Project', 3, notationCases);

    function cases(name: string, least: number, collect: () => readonly CorpusCase[]) {
      it(`${name} come out as they must`, async () => {
        const all = collect();
        expect(all.length).toBeGreaterThanOrEqual(least);
        const replies = await askAll(all.map(({ question }) => question));
        const verified = replies.map(({ answer }, i) => [all[i]!.name, answer['status']]);
        expect(verified).toEqual(all.map(each => [each.name, each.verified ? 'verified' : 'unverified']));
      });
    }
  });

  it('count each authority whose key has signed', async () => {
    const rows = connaisseurCases().filter(({ verified, name }) => verified && name.includes('bfec161'));
    const material = rows.flatMap(({ question }) => question.material);
    const authorities = rows.map(({ question }) => question.authorities);
    const { answer } = await ask({ ...rows[0]!.question, material, authorities });
    expect(answer).toMatchObject({ status: 'verified', count: 3 });
  });
});
