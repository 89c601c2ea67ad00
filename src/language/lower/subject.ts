import type { Literal, Term, Var } from '../../../grammar/index.ts';
import type { RangeUse } from '../../images/index.ts';
import type { Builder } from './build.ts';
import { message } from './message.ts';
import type { Finding } from './violation.ts';

/** What the patterns of `allow`, `deny` and `warn` are compared with. */
export interface Subject {
  /** As messages call it: `repository`, `tag`. */
  readonly name: string;
  readonly matches: 'image.matches' | 'image.tag_matches' | 'image.tag_excluded';
  readonly patterns: 'image' | 'tag';
  /** The variable that is given to the matcher. */
  readonly operand: Var;
  /**
   * A body over `$image` that holds where the literals hold of the operand, of each one where it has
   * several.
   */
  readonly each: (...literals: readonly Literal[]) => readonly Literal[];
  /** A term that is the pattern of the list which matches; undefined where none does. */
  readonly whichMatches: (list: Term) => Term;
  /** The text that was found, over `$image`. */
  readonly found: Term;
  /** Which images have it. */
  readonly scope: readonly Literal[];
  /** What to say where the subject itself could not be had. */
  readonly findings: readonly Finding[];
}

/** The repository of the image. */
export function repositorySubject(at: Builder): Subject {
  const found = message(at, '%s/%s', at.ref('$image', 'registry'), at.ref('$image', 'repository'));
  return { ...imageSubject(at, 'image.matched'), name: 'repository', found, scope: [] };
}

/** The tag by which the image is pulled; where a digest is written, no tag is. */
export function tagSubject(at: Builder, use: RangeUse): Subject {
  const scope = [at.not(at.ref('$image', 'digest'))];
  return {
    ...imageSubject(at, use === 'let-in' ? 'image.tag_matched' : 'image.tag_excluded_by'),
    name: 'tag',
    matches: use === 'let-in' ? 'image.tag_matches' : 'image.tag_excluded',
    patterns: 'tag',
    found: at.ref('$image', 'tag'),
    scope,
  };
}

function imageSubject(at: Builder, matched: string) {
  const operand = at.var('$image');
  return {
    matches: 'image.matches',
    patterns: 'image',
    operand,
    each: (...literals: readonly Literal[]) => literals,
    whichMatches: (list: Term) => at.call(matched, operand, list),
    findings: [],
  } as const;
}
