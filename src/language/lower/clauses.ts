import type { Clause, Noun } from '../../../grammar/index.ts';
import type { Lowering } from './lowering.ts';

/** What may be said of every noun. */
const everywhere: readonly Clause['word'][] = ['for', 'if', 'unless', 'because'];

/** What may be said of some nouns beside that. */
const own: Readonly<Partial<Record<Noun, readonly Clause['word'][]>>> = {
  signature: ['by'],
  attestation: ['by', 'within', 'where'],
  scan: ['below', 'within', 'by', 'where'],
  sbom: ['by', 'where'],
  image: ['where'],
};

/** Reports the clauses that would say nothing of the noun: none is passed over in silence. */
export function reportUnfit(lowering: Lowering, noun: Noun): void {
  const fit = [...(own[noun] ?? []), ...everywhere];
  for (const { word, wordSpan } of lowering.statement.clauses) {
    if (fit.includes(word)) continue;
    const hint = word === 'where' ? 'say to which images it applies with "if"' : undefined;
    lowering.report(wordSpan, `"${word}" does not fit ${noun}: ${fit.join(', ')} do`, hint);
  }
}
