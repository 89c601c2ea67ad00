import { closest } from '../base/index.ts';

/** `did you mean "x"`, to be spread into an object: empty where nothing is near. */
export function hintOf(name: string, candidates: Iterable<string>): { readonly hint?: string } {
  const near = closest(name, candidates);
  return near === undefined ? {} : { hint: `did you mean "${near}"?` };
}
