import type { InfixOperator, Term } from '../../../grammar/index.ts';

/** How tightly each operator binds; equal ones group from the left. */
const powers: Readonly<Record<InfixOperator, number>> = {
  ':=': 1,
  '=': 1,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '|': 4,
  '&': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
};

const membershipPower = 2;
const atomPower = 8;

export function powerOf(term: Term): number {
  if (term.kind === 'infix') return powers[term.operator];
  return term.kind === 'membership' ? membershipPower : atomPower;
}

/** Whether an operand needs parentheses beside an operator of that power. */
export function needsParentheses(operand: Term, power: number, side: 'left' | 'right'): boolean {
  const own = powerOf(operand);
  return side === 'left' ? own < power || own === membershipPower : own <= power;
}

/**
 * Whether a term needs parentheses as an element of brackets, where a bare `|` would begin a
 * comprehension, a comma would begin the next element, and `=` has no place.
 */
export function needsParenthesesInBrackets(term: Term): boolean {
  if (term.kind === 'membership') return true;
  return term.kind === 'infix' && (powerOf(term) < membershipPower || holdsBar(term));
}

/** Whether the term begins with a brace, which after `if` would open a body. */
export function beginsWithBrace(term: Term): boolean {
  switch (term.kind) {
    case 'infix':
      return !needsParentheses(term.left, powerOf(term), 'left') && beginsWithBrace(term.left);
    case 'membership': {
      const first = term.key ?? term.value;
      return !needsParentheses(first, membershipPower, 'left') && beginsWithBrace(first);
    }
    case 'ref':
      return beginsWithBrace(term.head);
    case 'object':
    case 'set':
    case 'setComprehension':
    case 'objectComprehension':
      return true;
    default:
      return false;
  }
}

function holdsBar(term: Term): boolean {
  if (term.kind !== 'infix') return false;
  if (term.operator === '|') return true;
  const power = powerOf(term);
  const left = !needsParentheses(term.left, power, 'left') && holdsBar(term.left);
  return left || (!needsParentheses(term.right, power, 'right') && holdsBar(term.right));
}
