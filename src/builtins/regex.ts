import type { RE2JS } from 're2js';
import type { Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { chargeText } from './bytes.ts';
import { globsIntersect } from './glob-intersection.ts';
import { asInteger, asString } from './operands.ts';
import { compileRegex, findMatches, groupText, type MatchIndexes, testRegex } from './re2.ts';
import { templatePattern } from './regex-template.ts';

const REFERENCE = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;

export const regexFamily: Readonly<Record<string, BuiltinFunction>> = {
  re_match: match,
  'regex.match': match,
  'regex.is_valid': isValid,
  'regex.split': split,
  'regex.find_n': findN,
  'regex.find_all_string_submatch_n': findSubmatches,
  'regex.replace': replace,
  'regex.template_match': templateMatch,
  'regex.globs_match': (context, left, right) =>
    globsIntersect(context.budget, asString(left!, 1), asString(right!, 2)),
};

function match(context: BuiltinContext, pattern: Value, value: Value): Value {
  const source = asString(pattern, 1);
  const text = asString(value, 2);
  return testRegex(context.budget, compileRegex(context.budget, source), text);
}

function isValid({ budget }: BuiltinContext, pattern: Value): Value {
  if (typeof pattern !== 'string') return false;
  try {
    compileRegex(budget, pattern);
    return true;
  } catch (error) {
    if (error instanceof BuiltinError) return false;
    throw error;
  }
}

function split(context: BuiltinContext, pattern: Value, value: Value): Value {
  const source = asString(pattern, 1);
  const text = asString(value, 2);
  const regex = compileRegex(context.budget, source);
  if (pattern !== '' && text === '') return [''];
  const parts: string[] = [];
  let from = 0;
  let end = 0;
  for (const found of findMatches(context.budget, regex, text, -1)) {
    end = found[0]!;
    if (found[1] !== 0) parts.push(text.slice(from, end));
    from = found[1]!;
  }
  if (end !== text.length) parts.push(text.slice(from));
  context.budget.charge(parts.length);
  return parts;
}

function findN(context: BuiltinContext, pattern: Value, value: Value, count: Value): Value {
  const matches = find(context, pattern, value, count);
  return matches.map(found => groupText(value as string, found, 0));
}

function findSubmatches(context: BuiltinContext, pattern: Value, value: Value, count: Value): Value {
  const matches = find(context, pattern, value, count);
  context.budget.charge(matches.length * ((matches[0]?.length ?? 0) >> 1));
  return matches.map(found =>
    Array.from({ length: found.length >> 1 }, (_, i) => groupText(value as string, found, i)),
  );
}

function find(context: BuiltinContext, pattern: Value, value: Value, count: Value): readonly MatchIndexes[] {
  const source = asString(pattern, 1);
  const text = asString(value, 2);
  const most = asInteger(count, 3);
  const { budget } = context;
  const matches = most === 0 ? [] : findMatches(budget, compileRegex(budget, source), text, most);
  budget.charge(matches.length);
  return matches;
}

function replace(context: BuiltinContext, base: Value, pattern: Value, value: Value): Value {
  const source = asString(base, 1);
  const regex = compileRegex(context.budget, asString(pattern, 2));
  const replacement = asString(value, 3);
  const parts: string[] = [];
  let last = 0;
  for (const found of findMatches(context.budget, regex, source, -1)) {
    const part = expand(regex.re2, replacement, source, found);
    chargeText(context.budget, part.length);
    parts.push(source.slice(last, found[0]), part);
    last = found[1]!;
  }
  return parts.join('') + source.slice(last);
}

/** The replacement with its references to groups filled in; a group that does not exist is empty. */
function expand(regex: RE2JS, replacement: string, text: string, found: MatchIndexes): string {
  if (!replacement.includes('$')) return replacement;
  const names = regex.namedGroups();
  return replacement.replace(REFERENCE, (_, dollar?: string, braced?: string, bare?: string) => {
    if (dollar !== undefined) return '$';
    const name = (braced ?? bare)!;
    const group = /^(?:0|[1-9]\d*)$/u.test(name)
      ? Number(name)
      : Object.hasOwn(names, name)
        ? names[name]!
        : -1;
    return group < 0 ? '' : groupText(text, found, group);
  });
}

function templateMatch(
  context: BuiltinContext,
  template: Value,
  value: Value,
  start: Value,
  end: Value,
): Value {
  const source = asString(template, 1);
  const text = asString(value, 2);
  const opening = delimiter(asString(start, 3), 'start');
  const closing = delimiter(asString(end, 4), 'end');
  const { budget } = context;
  return testRegex(budget, compileRegex(budget, templatePattern(budget, source, opening, closing)), text);
}

function delimiter(text: string, which: string): string {
  if (text.length === 1 && text <= '\x7f') return text;
  throw new BuiltinError(`${which} delimiter has to be exactly one character long`);
}
