import { isObject, stringify, type Value } from '../../values/index.ts';
import type { CaseResult, Failure } from './result.ts';

/** A case that a test has come to, by its path of names, and the condition that failed in it last. */
export interface Announced {
  readonly path: readonly Value[];
  readonly failure?: Failure;
}

interface Draft {
  readonly name: string;
  failed: boolean;
  failure?: Failure;
  readonly cases: Map<string, Draft>;
}

/**
 * What came of the cases of a test, sorted by name: an entry that is `true` passes, as does `null`
 * under `opa test`, and one whose entries all do; one that was announced and is not in the object failed.
 */
export function caseResults(
  value: Value | undefined,
  announced: readonly Announced[],
): readonly CaseResult[] {
  const cases = draftsOf(value);
  for (const { path, failure } of announced) announce(cases, path.map(caseName), failure);
  return finish(cases);
}

function draftsOf(value: Value | undefined): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  if (value === undefined || !isObject(value)) return drafts;
  for (const [key, entry] of value.entries()) drafts.set(caseName(key), draftOf(caseName(key), entry));
  return drafts;
}

function draftOf(name: string, value: Value): Draft {
  if (!isObject(value)) return { name, failed: value !== true && value !== null, cases: new Map() };
  const cases = draftsOf(value);
  return { name, failed: [...cases.values()].some(({ failed }) => failed), cases };
}

/** Whether the case at the end of the path failed. */
function announce(
  cases: Map<string, Draft>,
  [name, ...rest]: readonly string[],
  failure: Failure | undefined,
): boolean {
  if (name === undefined) return true;
  const draft: Draft = cases.get(name) ?? { name, failed: true, cases: new Map() };
  cases.set(name, draft);
  if (rest.length > 0) {
    if (announce(draft.cases, rest, failure)) draft.failed = true;
  } else if (draft.failed && failure !== undefined) draft.failure = failure;
  return draft.failed;
}

function finish(drafts: ReadonlyMap<string, Draft>): readonly CaseResult[] {
  return [...drafts.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, failed, failure, cases }) => ({
      name,
      failed,
      cases: finish(cases),
      ...(failure !== undefined && { failure }),
    }));
}

function caseName(key: Value): string {
  return typeof key === 'string' ? key : stringify(key);
}
