import type { TraceEvent } from '../../evaluate/index.ts';
import {
  isArray,
  isObject,
  isSet,
  type Json,
  type JsonObject,
  measure,
  stringify,
  toJson,
  type Value,
} from '../../values/index.ts';
import type { Explain } from './parameters.ts';

const operations: Readonly<Record<TraceEvent['kind'], string>> = {
  enter: 'Enter',
  leave: 'Exit',
  pass: 'Eval',
  fail: 'Fail',
  note: 'Note',
};

/** The events that explain an answer: texts where they are for people, otherwise objects in OPA's form. */
export function explanation(events: readonly TraceEvent[], level: Explain, pretty: boolean): readonly Json[] {
  return wanted(events, level).map(event => (pretty ? line(event) : object(event)));
}

/** Notes and failures come with the rules that they are in. */
function wanted(events: readonly TraceEvent[], level: Explain): readonly TraceEvent[] {
  if (level === 'full' || level === 'debug') return events;
  const kind = level === 'notes' ? 'note' : 'fail';
  const kept = new Set<TraceEvent>();
  const open: TraceEvent[] = [];
  for (const event of events) {
    if (event.kind === 'enter') open.push(event);
    else if (event.kind === 'leave') open.pop();
    else if (event.kind === kind) for (const each of [...open, event]) kept.add(each);
  }
  return [...kept];
}

/** Width of the place before the text. */
const PLACE = 12;

function line(event: TraceEvent): string {
  const place = event.file === undefined ? '' : `${event.file}:${event.line}`;
  return `${place.padEnd(PLACE)} ${'| '.repeat(event.depth)}${operations[event.kind]} ${textOf(event)}`.trimEnd();
}

function textOf({ kind, path, message, call, bound = [] }: TraceEvent): string {
  if (kind === 'note') return JSON.stringify(message);
  if (path !== undefined) return ['data', ...path].join('.');
  return [
    ...(call === undefined ? [] : [call]),
    ...bound.map(([name, value]) => `${name} = ${isShown(value) ? stringify(value) : MORE}`),
  ].join(', ');
}

function object(event: TraceEvent): Json {
  const { kind, path, file, line: row, column: col, message, bound = [], depth } = event;
  return {
    op: operations[kind].toLowerCase(),
    query_id: depth,
    parent_id: Math.max(0, depth - 1),
    type: path === undefined ? 'expr' : 'rule',
    node: path === undefined ? null : { ref: ['data', ...path] },
    locals: bound.map(([name, value]) => ({ key: { type: 'var', value: name }, value: shown(value) })),
    ...(file !== undefined && { location: { file, row: row ?? 0, col: col ?? 0 } }),
    ...(message !== undefined && { message }),
  };
}

/** What of a value is written out; parts that it shares count each time, so that no few values make a long answer. */
const EXTENT = { size: 1_000, depth: 50 };

/** In place of a value that goes beyond. */
const MORE = '…';

function isShown(value: Value): boolean {
  return measure(value, EXTENT) === undefined;
}

function shown(value: Value): JsonObject {
  return isShown(value) ? term(value) : { type: 'string', value: MORE };
}

/** A value as OPA writes terms in JSON. */
function term(value: Value): JsonObject {
  if (isArray(value)) return { type: 'array', value: value.map(term) };
  if (isSet(value)) return { type: 'set', value: [...value.items()].map(term) };
  if (isObject(value))
    return { type: 'object', value: [...value.entries()].map(([key, item]) => [term(key), term(item)]) };
  return { type: value === null ? 'null' : typeOf(value), value: toJson(value) };
}

function typeOf(value: Value): string {
  return typeof value === 'string' || typeof value === 'boolean' ? typeof value : 'number';
}
