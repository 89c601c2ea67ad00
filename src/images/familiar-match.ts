import { matchesGlob, one, type Step, star } from './glob.ts';
import { familiar, familiarName } from './normalize.ts';
import { printReference, type Reference } from './reference.ts';

/**
 * Whether a pattern as Docker's filters take it (Go's `path.Match`) stands for the short form of the
 * reference, with or without tag and digest; undefined where the pattern is malformed.
 * For policies there are the patterns of `compilePatterns`.
 */
export function familiarMatch(pattern: string, reference: Reference): boolean | undefined {
  const steps = toSteps(pattern);
  if (steps === undefined) return undefined;
  const whole = printReference(familiar(reference));
  return matchesGlob(steps, whole) || matchesGlob(steps, familiarName(reference));
}

interface Reader {
  readonly text: string;
  at: number;
}

function toSteps(pattern: string): readonly Step[] | undefined {
  const reader = { text: pattern, at: 0 };
  const steps: Step[] = [];
  while (reader.at < pattern.length) {
    const step = readStep(reader);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return steps;
}

function readStep(reader: Reader): Step | undefined {
  const character = reader.text.charAt(reader.at++);
  if (character === '*') return star;
  if (character === '?') return one;
  if (character === '[') return readClass(reader);
  return character === '\\' ? reader.text[reader.at++] : character;
}

/** `[abc]`, `[a-z]`, `[^a-z]`; at least one range. */
function readClass(reader: Reader): Step | undefined {
  const negated = reader.text[reader.at] === '^';
  if (negated) reader.at++;
  const ranges: (readonly [from: string, to: string])[] = [];
  while (reader.text[reader.at] !== ']' || ranges.length === 0) {
    const from = readBound(reader);
    if (from === undefined) return undefined;
    const isRange = reader.text[reader.at] === '-';
    if (isRange) reader.at++;
    const to = isRange ? readBound(reader) : from;
    if (to === undefined) return undefined;
    ranges.push([from, to]);
  }
  reader.at++;
  return { accepts: character => ranges.some(([a, b]) => a <= character && character <= b) !== negated };
}

function readBound(reader: Reader): string | undefined {
  const character = reader.text[reader.at++];
  if (character === '-' || character === ']') return undefined;
  return character === '\\' ? reader.text[reader.at++] : character;
}
