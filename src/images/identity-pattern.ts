import { RE2JS } from 're2js';
import { isObject, type Value } from '../values/index.ts';
import { anything, matchesGlob, one, type Step, star } from './glob.ts';

/** Characters of a glob or an expression. */
const PATTERN_LENGTH = 1_024;

/**
 * A test of the identity in a certificate: a glob (`*` stops at a `/`, `**` does not, `?` is one character),
 * or `{"regex": RE2}`, either of which must take in the whole text. Undefined where the value is neither.
 */
export function compileIdentity(value: Value): ((text: string) => boolean) | undefined {
  if (typeof value === 'string') return compileGlob(value);
  const regex = isObject(value) && value.size === 1 ? value.get('regex') : undefined;
  return typeof regex === 'string' ? compileRegex(regex) : undefined;
}

function compileGlob(glob: string): ((text: string) => boolean) | undefined {
  if (glob === '' || glob.length > PATTERN_LENGTH) return undefined;
  const steps = (glob.match(/\*+|[^*]/gs) ?? []).map(toStep);
  return text => matchesGlob(steps, text);
}

function compileRegex(regex: string): ((text: string) => boolean) | undefined {
  if (regex === '' || regex.length > PATTERN_LENGTH) return undefined;
  try {
    const expression = RE2JS.compile(regex);
    return text => expression.matcher(text).matches();
  } catch {
    return undefined;
  }
}

function toStep(part: string): Step {
  if (part === '?') return one;
  if (!part.startsWith('*')) return part;
  return part === '*' ? star : anything;
}
