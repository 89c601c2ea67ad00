import { type Json, type JsonObject, stringify, toJson, type Value } from '../../values/index.ts';
import type { QueryAnswer } from './query.ts';

export const queryFormats = ['json', 'pretty', 'raw', 'values', 'bindings'] as const;
export type QueryFormat = (typeof queryFormats)[number];

const formatters: Readonly<Record<QueryFormat, (answers: readonly QueryAnswer[]) => string>> = {
  json: answers => `${JSON.stringify(answersToJson(answers), null, 2)}\n`,
  pretty,
  raw: answers =>
    lines(answers, ({ expressions }) => expressions.map(({ value }) => rawText(value)).join(' ')),
  values: answers => lines(answers, ({ expressions }) => stringify(expressions.map(({ value }) => value))),
  bindings: answers => lines(answers, ({ bindings }) => JSON.stringify(bindingsToJson(bindings))),
};

/** The answers as text, in the shapes of `opa eval`. */
export function formatAnswers(answers: readonly QueryAnswer[], format: QueryFormat): string {
  return formatters[format](answers);
}

/** The shape of `opa eval --format json`; no `result` where the query is undefined. */
export function answersToJson(answers: readonly QueryAnswer[]): JsonObject {
  if (answers.length === 0) return {};
  return {
    result: answers.map(({ expressions, bindings }) => ({
      expressions: expressions.map(({ value, text, line, column }) => ({
        value: toJson(value),
        text,
        location: { row: line, col: column },
      })),
      ...(bindings.size > 0 && { bindings: bindingsToJson(bindings) }),
    })),
  };
}

function lines(answers: readonly QueryAnswer[], line: (answer: QueryAnswer) => string): string {
  return answers.map(answer => `${line(answer)}\n`).join('');
}

function rawText(value: Value): string {
  return typeof value === 'string' ? value : stringify(value);
}

function bindingsToJson(bindings: ReadonlyMap<string, Value>): JsonObject {
  const json: Record<string, Json> = Object.create(null);
  for (const [name, value] of sorted(bindings)) json[name] = toJson(value);
  return json;
}

function sorted(bindings: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...bindings].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** One value by itself as indented JSON; variables and several answers as a table. */
function pretty(answers: readonly QueryAnswer[]): string {
  const [first, ...others] = answers;
  if (first === undefined) return 'undefined\n';
  const names = sorted(first.bindings).map(([name]) => name);
  const texts = first.expressions.map(({ text }) => text);
  if (others.length === 0 && names.length === 0 && texts.length === 1)
    return `${JSON.stringify(toJson(first.expressions[0]!.value), null, 2)}\n`;
  const columns = names.length > 0 ? names : texts;
  const rows = answers.map(({ bindings, expressions }) =>
    names.length > 0
      ? names.map(name => stringify(bindings.get(name) ?? null))
      : expressions.map(({ value }) => stringify(value)),
  );
  return table([columns.map(oneLine), ...rows]);
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ');
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map(row => row[i]!.length)));
  const rule = `+${widths.map(width => '-'.repeat(width + 2)).join('+')}+`;
  const [head, ...body] = rows.map(row => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`);
  return `${[rule, head, rule, ...body, rule].join('\n')}\n`;
}
