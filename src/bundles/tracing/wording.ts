import { printable } from '../../base/index.ts';
import { toRego, type Value } from '../../values/index.ts';
import type { ShownValue } from './operand-terms.ts';

/** Longer values are cut; JSON formats have them whole. */
const LONGEST = 300;

/** One line for each value: `count(found) = 2`. */
export function valueLine({ text, value }: ShownValue, longest = LONGEST): string {
  return `${cut(printable(text))} ${value === undefined ? 'is undefined' : `= ${valueText(value, longest)}`}`;
}

export function valueText(value: Value, longest = LONGEST): string {
  return cut(printable(toRego(value)), longest);
}

export function cut(text: string, longest = LONGEST): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`;
}
