import { RE2JS } from 're2js';
import type { Budget } from '../base/index.ts';
import { isObject, type ObjectValue, typeName, type Value } from '../values/index.ts';
import type { PatternProblem } from './pattern.ts';
import { parseTagGlob } from './pattern-form.ts';
import { hasWildcard, toTest } from './pattern-steps.ts';
import { parseVersion } from './version.ts';
import { isInRange, mayBeInRange, parseVersionRange, spanOf } from './version-range.ts';

export interface TagMatcher {
  /** The first term that matches, as a policy writes it; undefined where none does. */
  match(tag: string, budget?: Budget): string | undefined;
}

/** Characters of a regular expression. */
const REGEX_LENGTH = 1_024;

/**
 * Which tags lie in a range of versions: what is let in must be a whole version, and a pre-release only where
 * the range names it; what is kept out may be a pre-release or the beginning of a version.
 */
export type RangeUse = 'let-in' | 'keep-out';

/**
 * A matcher of the tag terms of docs/language.md, and what is wrong with those that are none; these match
 * nothing. A string is a glob, `{"semver": range}` matches tags that are versions in the range,
 * `{"regex": text}` tags in which RE2 finds the expression.
 */
export function compileTagPatterns(
  terms: readonly Value[],
  budget?: Budget,
  use: RangeUse = 'let-in',
): { readonly matcher: TagMatcher; readonly problems: readonly PatternProblem[] } {
  const tags = new TagTerms(use);
  const problems: PatternProblem[] = [];
  terms.forEach((term, index) => {
    const message = tags.add(term, index);
    if (message !== undefined) problems.push({ index, message });
    budget?.charge(1);
  });
  return { matcher: tags, problems };
}

interface TagTest {
  readonly index: number;
  readonly text: string;
  readonly test: (tag: string) => boolean;
}

class TagTerms implements TagMatcher {
  private readonly literals = new Map<string, TagTest>();
  private readonly tests: TagTest[] = [];
  private readonly use: RangeUse;

  constructor(use: RangeUse) {
    this.use = use;
  }

  /** What is wrong with the term. */
  add(term: Value, index: number): string | undefined {
    if (typeof term === 'string') return this.addGlob(term, index);
    const made = isObject(term)
      ? toTermTest(term, this.use)
      : `a tag is a string or an object, not ${typeName(term)}`;
    if (typeof made === 'string') return made;
    this.tests.push({ index, ...made });
    return undefined;
  }

  match(tag: string, budget?: Budget): string | undefined {
    const literal = this.literals.get(tag);
    for (const test of this.tests) {
      if (literal && literal.index < test.index) break;
      if (budget && --budget.steps < 0) budget.exhausted('steps');
      if (test.test(tag)) return test.text;
    }
    return literal?.text;
  }

  private addGlob(glob: string, index: number): string | undefined {
    const texts = parseTagGlob(glob);
    if ('problem' in texts) return texts.problem;
    for (const text of texts) {
      const test = { index, text: glob, test: toTest(text) };
      if (hasWildcard(text)) this.tests.push(test);
      else if (!this.literals.has(text)) this.literals.set(text, test);
    }
    return undefined;
  }
}

/** `{"semver": …}` or `{"regex": …}`; a message where the object is neither. */
function toTermTest(term: ObjectValue, use: RangeUse): Omit<TagTest, 'index'> | string {
  const [kind] = term.keys();
  const text = kind === undefined ? undefined : term.get(kind);
  if (term.size !== 1 || (kind !== 'semver' && kind !== 'regex') || typeof text !== 'string')
    return 'a tag is a glob, {"semver": range} or {"regex": expression}';
  const test = kind === 'semver' ? toSemverTest(text, use) : toRegexTest(text);
  return test ? { text: `${kind}(${JSON.stringify(text)})`, test } : `"${text}" is no ${kind}`;
}

function toSemverTest(text: string, use: RangeUse): TagTest['test'] | undefined {
  const range = parseVersionRange(text);
  if (range === undefined) return undefined;
  if (use === 'keep-out')
    return tag => {
      const span = spanOf(tag);
      return span !== undefined && mayBeInRange(span, range);
    };
  return tag => {
    const version = parseVersion(tag);
    return version !== undefined && isInRange(version, range);
  };
}

function toRegexTest(text: string): TagTest['test'] | undefined {
  if (text === '' || text.length > REGEX_LENGTH) return undefined;
  try {
    const expression = RE2JS.compile(text);
    return tag => expression.matcher(tag).find();
  } catch {
    return undefined;
  }
}
