/** One place of a glob: a character that must stand there, or what may stand there instead. */
export type Step = string | Wildcard;

export interface Wildcard {
  accepts(character: string): boolean;
  /** Stands for any number of characters, none too. */
  readonly repeats?: boolean;
  /** Once begun it may end only behind a `/`: it stands for whole components. */
  readonly components?: boolean;
}

const isInside = (character: string) => character !== '/';
const isAny = () => true;

/** `?`: one character of a component. */
export const one: Wildcard = { accepts: isInside };
/** `*`: any characters of one component. */
export const star: Wildcard = { accepts: isInside, repeats: true };
/** `**`: any characters. */
export const anything: Wildcard = { accepts: isAny, repeats: true };
/** `**` and a slash, as whole components: any number of components, each with its slash. */
export const components: Wildcard = { accepts: isAny, repeats: true, components: true };

/**
 * Whether the steps stand for the whole text. Follows every way at once, so that the work is at most
 * the length of the text times the number of steps.
 */
export function matchesGlob(steps: readonly Step[], text: string): boolean {
  let ways: Ways = { active: new Uint8Array(steps.length + 1), list: [] };
  let next: Ways = { active: new Uint8Array(steps.length + 1), list: [] };
  enter(ways, steps, 0);
  for (let i = 0; i < text.length && ways.list.length > 0; i++) {
    for (const at of ways.list) advance(next, steps, at, text.charAt(i));
    for (const at of ways.list) ways.active[at] = OUT;
    ways.list.length = 0;
    [ways, next] = [next, ways];
  }
  return ways.active[steps.length] === ENTERED;
}

/** The steps that stand in front of the next character: each once, whether just entered or stayed at. */
interface Ways {
  readonly active: Uint8Array;
  readonly list: number[];
}

const OUT = 0;
const STAYED = 1;
const ENTERED = 2;

function advance(next: Ways, steps: readonly Step[], at: number, character: string): void {
  const step = steps[at];
  if (step === undefined) return;
  if (typeof step === 'string') {
    if (step === character) enter(next, steps, at + 1);
  } else if (step.accepts(character)) {
    if (step.components) {
      stay(next, at);
      if (character === '/') enter(next, steps, at + 1);
    } else enter(next, steps, step.repeats ? at : at + 1);
  }
}

/** A way comes to a step, and to what follows it where the step may stand for nothing. */
function enter(ways: Ways, steps: readonly Step[], first: number): void {
  for (let at = first; ways.active[at] !== ENTERED; at++) {
    if (ways.active[at] === OUT) ways.list.push(at);
    ways.active[at] = ENTERED;
    const step = steps[at];
    if (step === undefined || typeof step === 'string' || !step.repeats) return;
  }
}

function stay(ways: Ways, at: number): void {
  if (ways.active[at] !== OUT) return;
  ways.active[at] = STAYED;
  ways.list.push(at);
}
