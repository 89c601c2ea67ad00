import type { Budget } from '../base/index.ts';
import { matchesGlob, type Step } from './glob.ts';
import type { Image } from './image.ts';
import { defaultDomain, officialPrefix } from './normalize.ts';
import { type PatternForm, parsePattern } from './pattern-form.ts';
import { cutGlob, hasWildcard, toTest } from './pattern-steps.ts';
import { canonicalRegistry, plainRegistry } from './registry-host.ts';

/** What of an image a pattern looks at. */
export type MatchSubject = Pick<Image, 'registry' | 'repository' | 'tag' | 'digest'>;

export interface PatternMatcher {
  /** The first pattern of the list that matches; undefined where none does. Charges one step a glob tried. */
  match(image: MatchSubject, budget?: Budget): string | undefined;
}

export interface PatternProblem {
  /** Of the text in the list. */
  readonly index: number;
  readonly message: string;
}

/**
 * A matcher of the patterns of docs/language.md, and what is wrong with those that are none; these match
 * nothing. Patterns are found by the text before and behind their wildcards, so that many cost little more
 * than few. A pattern with a tag and no digest matches no image that is pulled by digest, whatever tag
 * stands beside it. Registries are compared as `canonicalRegistry` has them.
 */
export function compilePatterns(
  texts: readonly string[],
  budget?: Budget,
): { readonly matcher: PatternMatcher; readonly problems: readonly PatternProblem[] } {
  const index = new PatternIndex(texts);
  const problems: PatternProblem[] = [];
  texts.forEach((text, at) => {
    const forms = parsePattern(text);
    if ('problem' in forms) problems.push({ index: at, message: forms.problem });
    else for (const form of forms) index.add(form, at);
    budget?.charge('problem' in forms ? 1 : forms.length);
  });
  return { matcher: index, problems };
}

interface Entry {
  readonly index: number;
  readonly middle: readonly Step[];
  readonly tag?: (text: string) => boolean;
  readonly digest?: (text: string) => boolean;
}

/** Globs that begin alike, by what they end with. */
type Endings = LengthMap<Entry[]>;

class PatternIndex implements PatternMatcher {
  private readonly texts: readonly string[];
  /** References without any wildcard, to the first index. */
  private readonly literals = new Map<string, number>();
  private readonly globs = new LengthMap<Endings>();

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  add(form: PatternForm, index: number): void {
    const literal = literalOf(form);
    if (!hasWildcard(literal)) {
      if (!this.literals.has(literal)) this.literals.set(literal, index);
      return;
    }
    const { prefix, middle, suffix } = cutGlob(form.name);
    const endings = this.globs.obtain(prefix, () => new LengthMap());
    endings
      .obtain(suffix, () => [])
      .push({
        index,
        middle,
        ...(form.tag !== undefined && { tag: toTest(form.tag) }),
        ...(form.digest !== undefined && { digest: toTest(form.digest) }),
      });
  }

  match(image: MatchSubject, budget?: Budget): string | undefined {
    let best = this.texts.length;
    for (const name of namesOf(image)) best = this.bestOf(name, image, best, budget);
    return this.texts[best];
  }

  private bestOf(name: string, image: MatchSubject, least: number, budget: Budget | undefined): number {
    let best = least;
    for (const key of literalKeys(name, image)) best = Math.min(best, this.literals.get(key) ?? best);
    for (const length of this.globs.lengths(name.length)) {
      const endings = this.globs.get(name.slice(0, length));
      if (endings) best = bestGlob(endings, name.slice(length), image, best, budget);
    }
    return best;
  }
}

/**
 * What patterns are compared with: the name under the one host that stands for its registry; where another
 * host of the same registry is written, that too, which a glob may mean.
 */
function namesOf({ registry, repository }: MatchSubject): readonly string[] {
  if (registry === undefined || repository === undefined) return [];
  const canonical = canonicalRegistry(registry);
  const plain = plainRegistry(registry);
  const official = canonical === defaultDomain && !repository.includes('/') ? officialPrefix : '';
  const name = `${canonical}/${official}${repository}`;
  return canonical === plain ? [name] : [name, `${plain}/${repository}`];
}

/** The least index below `best` of a glob that matches what follows the common beginning; else `best`. */
function bestGlob(
  endings: Endings,
  rest: string,
  image: MatchSubject,
  best: number,
  budget: Budget | undefined,
): number {
  let found = best;
  for (const length of endings.lengths(rest.length)) {
    const middle = rest.slice(0, rest.length - length);
    for (const entry of endings.get(rest.slice(middle.length)) ?? []) {
      if (entry.index >= found) break;
      if (budget && --budget.steps < 0) budget.exhausted('steps');
      if (meetsRestrictions(entry, image) && matchesGlob(entry.middle, middle)) found = entry.index;
    }
  }
  return found;
}

function meetsRestrictions(entry: Entry, image: MatchSubject): boolean {
  if (entry.digest && !(image.digest !== undefined && entry.digest(image.digest))) return false;
  if (!entry.tag) return true;
  const decides = image.digest === undefined || entry.digest !== undefined;
  return decides && image.tag !== undefined && entry.tag(image.tag);
}

function literalOf(form: PatternForm): string {
  const tag = form.tag === undefined ? '' : `:${form.tag}`;
  return form.name + tag + (form.digest === undefined ? '' : `@${form.digest}`);
}

/** What a pattern without wildcards may be to match this image. */
function literalKeys(name: string, image: MatchSubject): readonly string[] {
  const { tag, digest } = image;
  const tagged = tag === undefined ? [] : [`${name}:${tag}`];
  if (digest === undefined) return [name, ...tagged];
  return [name, ...[name, ...tagged].map(each => `${each}@${digest}`)];
}

/** A map from texts that knows how long they are, so that every beginning or end of a text can be looked up. */
class LengthMap<V> {
  private readonly map = new Map<string, V>();
  private readonly known = new Set<number>();

  get(key: string): V | undefined {
    return this.map.get(key);
  }

  obtain(key: string, create: () => V): V {
    let value = this.map.get(key);
    if (value === undefined) {
      value = create();
      this.map.set(key, value);
      this.known.add(key.length);
    }
    return value;
  }

  /** The lengths of the keys that fit into a text of this length. */
  lengths(most: number): readonly number[] {
    return [...this.known].filter(length => length <= most);
  }
}
