import type { Term } from '../../../grammar/index.ts';
import type { Builder } from './build.ts';

/** `sprintf` of a format and terms; made at once where there is but one term, a string for `%s`. */
export function message(at: Builder, format: string, ...terms: readonly Term[]): Term {
  const [first] = terms;
  if (terms.length === 1 && first?.kind === 'string' && format.endsWith('%s'))
    return at.string(format.slice(0, -2) + first.value);
  return terms.length === 0 ? at.string(format) : at.call('sprintf', at.string(format), at.array(terms));
}
