import { isVerdictFormat, type VerdictFormat, verdictFormats } from '../../decide/index.ts';
import { hintOf } from '../hint.ts';
import { ProblemError } from '../problem.ts';
import { timestamp } from '../schemas/request.ts';

/** What may stand in the query string (or in the fields of a form) of a decision. */
export interface Query {
  readonly policy: readonly string[];
  readonly context: ReadonlyMap<string, string>;
  readonly asOf?: string;
  readonly explain?: boolean;
  readonly onDeny?: number;
  readonly format?: VerdictFormat;
}

type Parameter = readonly [name: string, value: string];

const names = ['policy', 'context.KEY', 'as_of', 'explain', 'on_deny', 'format'];

/**
 * The parameters, read strictly: one that is misspelt, or given twice where it counts once, is a
 * ProblemError (`invalid_query`), for what is not understood must not be passed over in silence.
 */
export function readQuery(parameters: Iterable<Parameter>, known: readonly string[] = names): Query {
  const policy: string[] = [];
  const context = new Map<string, string>();
  const single = new Map<string, string>();
  for (const [name, value] of parameters) {
    const general = name.startsWith('context.') ? 'context.KEY' : name;
    if (!known.includes(general)) throw unknown(name, known);
    if (name === 'policy') policy.push(value);
    else if (name.startsWith('context.')) once(context, name, name.slice('context.'.length), value);
    else once(single, name, name, value);
  }
  return { policy, context, ...readSingle(single) };
}

/** Whether the query string of a decision may have a parameter of this name. */
export function isParameter(name: string): boolean {
  return name.startsWith('context.') || names.includes(name);
}

function readSingle(single: ReadonlyMap<string, string>): Omit<Query, 'policy' | 'context'> {
  const asOf = single.get('as_of');
  const explain = single.get('explain');
  const onDeny = single.get('on_deny');
  const format = single.get('format');
  return {
    ...(asOf !== undefined && { asOf: readTime(asOf) }),
    ...(explain !== undefined && { explain: readFlag('explain', explain) }),
    ...(onDeny !== undefined && { onDeny: readStatus(onDeny) }),
    ...(format !== undefined && { format: readFormat(format) }),
  };
}

function once(map: Map<string, string>, name: string, key: string, value: string): void {
  if (key === '') throw invalid(name, 'a key is missing after "context."');
  if (map.has(key)) throw invalid(name, `"${name}" is given twice`);
  map.set(key, value);
}

/** A `+` in a query string that nobody escaped has become a space. */
function readTime(text: string): string {
  const result = timestamp.safeParse(text.replace(' ', '+'));
  if (result.success) return result.data;
  throw invalid('as_of', result.error.issues[0]!.message);
}

function readFlag(name: string, text: string): boolean {
  if (text === 'true' || text === '') return true;
  if (text === 'false') return false;
  throw invalid(name, 'expected true or false');
}

function readStatus(text: string): number {
  if (/^4\d\d$/u.test(text)) return Number(text);
  throw invalid('on_deny', 'expected a status from 400 to 499');
}

function readFormat(text: string): VerdictFormat {
  if (isVerdictFormat(text)) return text;
  throw invalid('format', `there is no format "${text}"`, hintOf(text, verdictFormats).hint, verdictFormats);
}

function unknown(name: string, known: readonly string[]): ProblemError {
  return invalid(name, `there is no parameter "${name}"`, hintOf(name, known).hint, known);
}

function invalid(
  pointer: string,
  message: string,
  hint?: string,
  available: readonly string[] = names,
): ProblemError {
  const error = { pointer, message, ...(hint !== undefined && { hint }) };
  return new ProblemError('invalid_query', `${pointer}: ${message}`, { errors: [error], available });
}
