import type { VerdictFormat } from '../../decide/index.ts';
import { ProblemError } from '../problem.ts';

/** Which format a media type in `Accept` asks for; the others are asked for with `?format=`. */
const formats: readonly (readonly [type: string, format: VerdictFormat])[] = [
  ['application/json', 'json'],
  ['text/plain', 'text'],
  ['text/markdown', 'markdown'],
  ['application/sarif+json', 'sarif'],
  ['application/xml', 'junit'],
  ['text/xml', 'junit'],
];

/**
 * The format that an `Accept` header prefers; `json` where there is none. Ties go to the order above.
 * Throws `not_acceptable` where it asks only for what cannot be given.
 */
export function acceptedFormat(header: string | null): VerdictFormat {
  if (header === null || header.trim() === '') return 'json';
  const ranges = header.split(',').map(parseRange);
  let best: VerdictFormat | undefined;
  let most = 0;
  for (const [type, format] of formats) {
    const quality = qualityOf(type, ranges);
    if (quality > most) [best, most] = [format, quality];
  }
  if (best !== undefined) return best;
  const available = formats.map(([type]) => type);
  throw new ProblemError('not_acceptable', `a verdict can be had as ${available.join(', ')}`, { available });
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

function parseRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map(part => part.trim().toLowerCase());
  const quality = parameters.find(parameter => parameter.startsWith('q='));
  const value = quality === undefined ? 1 : Number(quality.slice(2));
  return { type, quality: Number.isFinite(value) ? value : 0 };
}

/** Of the ranges that take in a type the most specific one counts. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const wider = [type, `${type.split('/')[0]}/*`, '*/*'];
  for (const name of wider) {
    const range = ranges.find(candidate => candidate.type === name);
    if (range !== undefined) return range.quality;
  }
  return 0;
}
