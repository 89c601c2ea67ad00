import { anything, components, matchesGlob, one, type Step, star } from './glob.ts';
import { DEEP } from './pattern-form.ts';

/** A glob cut into what stands still at its ends, by which it can be found, and the rest. */
export interface CutGlob {
  readonly prefix: string;
  readonly middle: readonly Step[];
  readonly suffix: string;
}

/** The steps of a pattern's text, in which DEEP stands for `**`. */
export function toSteps(text: string): readonly Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const whole = character === DEEP && (at === 0 || text.charAt(at - 1) === '/');
    if (whole && text.charAt(at + 1) === '/') {
      steps.push(components);
      at++;
    } else steps.push(toStep(character));
  }
  return steps;
}

export function cutGlob(text: string): CutGlob {
  const steps = toSteps(text);
  const begin = steps.findIndex(step => typeof step !== 'string');
  if (begin === -1) return { prefix: text, middle: [], suffix: '' };
  const end = steps.findLastIndex(step => typeof step !== 'string') + 1;
  return {
    prefix: steps.slice(0, begin).join(''),
    middle: steps.slice(begin, end),
    suffix: steps.slice(end).join(''),
  };
}

/** A test of whole tags or digests. */
export function toTest(glob: string): (text: string) => boolean {
  if (!hasWildcard(glob)) return text => text === glob;
  const steps = toSteps(glob);
  return text => matchesGlob(steps, text);
}

export function hasWildcard(glob: string): boolean {
  return glob.includes('*') || glob.includes('?') || glob.includes(DEEP);
}

function toStep(character: string): Step {
  if (character === '*') return star;
  if (character === '?') return one;
  return character === DEEP ? anything : character;
}
