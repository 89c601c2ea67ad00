import { printable } from '../../base/index.ts';
import { toRego, type Value } from '../../values/index.ts';
import type { ShownValue } from './operand-terms.ts';

/** Longer values are cut; JSON formats have them whole. */
const LONGEST = 300;

/** One line for each value: `count(found) = 2`. */
export function valueLine({ text, value }: ShownValue): string {
  return `${cut(printable(text))} ${value === undefined ? 'is undefined' : `= ${valueText(value)}`}`;
}

export function valueText(value: Value): string {
  return cut(printable(toRego(value)));
}

export function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}
