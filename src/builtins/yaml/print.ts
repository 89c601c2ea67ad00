import { type Budget, limits } from '../../base/index.ts';
import { isArray, isNumber, isObject, isSet, type ObjectValue, type Value } from '../../values/index.ts';
import { BuiltinError } from '../builtin.ts';
import { chargeText } from '../bytes.ts';
import { jsonKey } from '../go-json.ts';
import { compareKeys } from './key-order.ts';
import { ANY_BREAK, printLiteral, printNumber, printText, styleOf } from './text.ts';

/** The longest key that stands on a line with its value, in bytes. */
const simpleKeyLength = 128;

/** The value as YAML, as go-yaml writes it in block style with two spaces a level, a line break at the end. */
export function printYaml(budget: Budget, value: Value): string {
  const lines = new Printer(budget).lines(value, 0);
  return `${lines.join('\n')}\n`;
}

class Printer {
  private readonly budget: Budget;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  /** The lines of a value; the first goes after what stands before it, the others have their indentation. */
  lines(value: Value, level: number): readonly string[] {
    if (level > limits.nesting) throw new BuiltinError(`yaml: nested deeper than ${limits.nesting} levels`);
    if (isObject(value) && value.size > 0) return this.mapping(value, level);
    const items = isSet(value) ? value.items() : value;
    if (isArray(items) && items.length > 0) return this.sequence(items, level);
    return this.scalar(value, level);
  }

  private sequence(items: readonly Value[], level: number): readonly string[] {
    return items.flatMap((item, i) => this.nested(i === 0 ? '- ' : `${indentation(level)}- `, item, level));
  }

  private mapping(object: ObjectValue, level: number): readonly string[] {
    const entries = [...object.entries()].map(
      ([key, value]) => [jsonKey(this.budget, key).toWellFormed(), value] as const,
    );
    entries.sort((a, b) => compareKeys(a[0], b[0]));
    return entries.flatMap(([key, value], i) => {
      const start = i === 0 ? '' : indentation(level);
      return this.entry(start, key, value, level);
    });
  }

  private entry(start: string, key: string, value: Value, level: number): readonly string[] {
    const simple = !ANY_BREAK.test(key) && new TextEncoder().encode(key).length <= simpleKeyLength;
    if (!simple) {
      const keyLines = this.nested(`${start}? `, key, level);
      return [...keyLines, ...this.nested(`${indentation(level)}: `, value, level)];
    }
    const head = `${start}${printText(key, true)}:`;
    if (!isCollection(value)) return this.nested(`${head} `, value, level);
    const [first, ...rest] = this.lines(value, level + 1);
    this.charge(head);
    return [head, `${indentation(level + 1)}${first}`, ...rest];
  }

  /** The lines of a value after a head on the same line. */
  private nested(head: string, value: Value, level: number): readonly string[] {
    const [first, ...rest] = this.lines(value, level + 1);
    this.charge(head);
    return [`${head}${first}`, ...rest];
  }

  private scalar(value: Value, level: number): readonly string[] {
    if (typeof value === 'string') {
      const text = value.toWellFormed();
      this.charge(text);
      if (styleOf(text) !== 'literal') return [printText(text, false)];
      return printLiteral(text, indentation(Math.max(level, 1)));
    }
    if (isNumber(value)) return [printNumber(value)];
    if (isObject(value)) return ['{}'];
    return [value === null || typeof value === 'boolean' ? String(value) : '[]'];
  }

  private charge(text: string): void {
    chargeText(this.budget, text.length);
  }
}

function isCollection(value: Value): boolean {
  if (isObject(value) || isSet(value)) return value.size > 0;
  return isArray(value) && value.length > 0;
}

function indentation(level: number): string {
  return '  '.repeat(level);
}
