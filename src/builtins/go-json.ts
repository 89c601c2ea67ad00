import { type Budget, limits } from '../base/index.ts';
import {
  compareStrings,
  isArray,
  isNumber,
  isObject,
  isSet,
  type ObjectValue,
  printNumber,
  type Value,
} from '../values/index.ts';
import { BuiltinError } from './builtin.ts';
import { chargeSteps } from './text.ts';

/** How lines are broken: each begins with `prefix` and one `indent` a level; absent for one line. */
export interface Layout {
  readonly prefix: string;
  readonly indent: string;
}

const ESCAPED = /[<>&\u2028\u2029]/gu;
const LONE = /(\p{Surrogate})/u;

/**
 * JSON text as Go's encoder writes it: keys in order, sets as arrays, `<`, `>`, `&` and the line
 * separators escaped, what is no Unicode as U+FFFD. Charges the budget for the text.
 */
export function marshalJson(budget: Budget, value: Value, layout?: Layout): string {
  const printer = new Printer(budget, layout);
  printer.print(value, 0);
  return printer.parts.join('');
}

/** A string as Go's encoder writes it: a byte that is no UTF-8 as an escape. */
export function marshalString(text: string): string {
  if (text.isWellFormed()) return quoted(text);
  const parts = text.split(LONE).map((part, i) => (i % 2 === 1 ? '\\ufffd' : quoted(part).slice(1, -1)));
  return `"${parts.join('')}"`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    ESCAPED,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The key of an object in JSON: a string as it is, anything else as its JSON text. */
export function jsonKey(budget: Budget, key: Value): string {
  return typeof key === 'string' ? key : marshalJson(budget, key);
}

class Printer {
  readonly parts: string[] = [];
  private readonly budget: Budget;
  private readonly layout: Layout | undefined;
  private length = 0;

  constructor(budget: Budget, layout: Layout | undefined) {
    this.budget = budget;
    this.layout = layout;
  }

  print(value: Value, level: number): void {
    if (level > limits.nesting) throw new BuiltinError(`json: nested deeper than ${limits.nesting} levels`);
    if (value === null || typeof value === 'boolean') this.write(String(value));
    else if (typeof value === 'string') this.write(marshalString(value));
    else if (isNumber(value)) this.write(printNumber(value));
    else if (isObject(value)) this.printObject(value, level);
    else if (isSet(value)) this.printItems(value.items(), level);
    else if (isArray(value)) this.printItems(value, level);
  }

  private printItems(items: readonly Value[], level: number): void {
    this.write('[');
    for (const [i, item] of items.entries()) {
      if (i > 0) this.write(',');
      this.breakLine(level + 1);
      this.print(item, level + 1);
    }
    if (items.length > 0) this.breakLine(level);
    this.write(']');
  }

  private printObject(object: ObjectValue, level: number): void {
    const entries = [...object.entries()].map(([key, item]) => [jsonKey(this.budget, key), item] as const);
    entries.sort((a, b) => compareStrings(a[0], b[0]));
    this.write('{');
    for (const [i, [key, item]] of entries.entries()) {
      if (i > 0) this.write(',');
      this.breakLine(level + 1);
      this.write(this.layout ? `${marshalString(key)}: ` : `${marshalString(key)}:`);
      this.print(item, level + 1);
    }
    if (entries.length > 0) this.breakLine(level);
    this.write('}');
  }

  private breakLine(level: number): void {
    if (this.layout) this.write(`\n${this.layout.prefix}${this.layout.indent.repeat(level)}`);
  }

  private write(text: string): void {
    const charged = this.length >> 6;
    this.length += text.length;
    if (this.length > limits.stringLength) this.budget.exhausted('resultSize');
    const made = (this.length >> 6) - charged;
    this.budget.charge(made);
    chargeSteps(this.budget, 1 + 8 * made);
    this.parts.push(text);
  }
}
