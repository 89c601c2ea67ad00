import { type Budget, Halt, limits } from '../base/index.ts';
import { chargeText } from './bytes.ts';

/** Charges a string of so many characters before it is made; ends the evaluation where it is too long. */
export function reserveText(budget: Budget, length: number): void {
  assertTextLength(length);
  chargeText(budget, length);
}

/** Gives what charges a string in parts, before each is made, and ends the evaluation where it becomes too long. */
export function textMeter(budget: Budget): (length: number) => void {
  let total = 0;
  return length => {
    total += length;
    assertTextLength(total);
    chargeText(budget, length);
  };
}

function assertTextLength(length: number): void {
  if (length <= limits.stringLength) return;
  throw new Halt(
    'eval_budget_error',
    `evaluation stopped: a string is longer than ${limits.stringLength} characters`,
    'stringLength',
  );
}

/** Charges work that makes nothing. */
export function chargeSteps(budget: Budget, steps: number): void {
  budget.spend(steps);
}

/** How many code points a text has. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let i = 0; i + 1 < text.length; i++) if (isPair(text, i)) length--;
  return length;
}

/** The UTF-16 offset of a code point, or the end of the text where it has fewer. */
export function offsetOf(text: string, codePoints: number): number {
  let offset = 0;
  for (let left = codePoints; left > 0 && offset < text.length; left--) {
    offset += isPair(text, offset) ? 2 : 1;
  }
  return offset;
}

/** Whether two UTF-16 units at a place make one code point. */
export function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
