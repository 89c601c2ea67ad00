import type { Term } from '../../../grammar/index.ts';
import type { Builder } from './build.ts';

/** `sprintf` of a text and terms. */
export function message(at: Builder, text: string, ...terms: readonly Term[]): Term {
  return terms.length === 0 ? at.string(text) : at.call('sprintf', at.string(text), at.array(terms));
}
