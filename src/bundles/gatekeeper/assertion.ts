import { RE2JS } from 're2js';
import { isInteger, isNumber, stringify, type Value } from '../../values/index.ts';
import { fieldAt } from './fields.ts';
import { type Read, unusable, usable } from './read.ts';
import type { Violation } from './violations.ts';

/** How many violations there must be, of those whose message matches. */
export interface Assertion {
  readonly violations: 'yes' | 'no' | number;
  /** A regular expression that a part of the message matches; absent for any message. */
  readonly message?: string;
}

export function readAssertion(value: Value): Read<Assertion> {
  const violations = readCount(fieldAt(value, 'violations'));
  if (violations === undefined)
    return unusable('violations of an assertion must be yes, no or a number that is not negative');
  const message = fieldAt(value, 'message') ?? null;
  if (message === null) return usable({ violations });
  if (typeof message !== 'string' || pattern(message) === undefined)
    return unusable(`the message of an assertion is no regular expression: ${stringify(message)}`);
  return usable({ violations, message });
}

/** YAML 1.1 reads a plain `yes` or `no` as a boolean. */
function readCount(value: Value = 'yes'): Assertion['violations'] | undefined {
  if (value === 'yes' || value === true || value === null) return 'yes';
  if (value === 'no' || value === false) return 'no';
  return typeof value === 'number' && isNumber(value) && isInteger(value) && value >= 0 ? value : undefined;
}

/** What is asserted where a case asserts nothing. */
export const noViolations: Assertion = { violations: 'no' };

/** Why an assertion does not hold; undefined where it does. */
export function failureOf(assertion: Assertion, found: readonly Violation[]): string | undefined {
  const { violations, message } = assertion;
  const regex = message === undefined ? undefined : pattern(message);
  const count = found.filter(violation => regex?.matcher(violation.message).find() ?? true).length;
  if (violations === 'yes' ? count > 0 : count === (violations === 'no' ? 0 : violations)) return undefined;
  const wanted = violations === 'yes' ? 'at least 1' : violations === 'no' ? 'none' : `exactly ${violations}`;
  const which = message === undefined ? '' : ` with a message that matches ${JSON.stringify(message)}`;
  return `expected ${wanted === 'none' ? 'no violation' : `${wanted} violation(s)`}${which}, found ${count}`;
}

function pattern(text: string): RE2JS | undefined {
  try {
    return RE2JS.compile(text);
  } catch {
    return undefined;
  }
}
