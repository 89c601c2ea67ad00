import { hintOf } from '../hint.ts';
import type { Parameter } from '../openapi/operation.ts';
import { ProblemError } from '../problem.ts';

/** Which part of a list is asked for. */
export interface Page {
  readonly limit: number;
  /** The `next` of the answer before. */
  readonly after?: string;
}

const usual = 50;
const most = 200;

export const pageParameters: readonly Parameter[] = [
  {
    name: 'limit',
    description: `Entries of one answer, ${usual} if not said`,
    schema: { type: 'integer', minimum: 1, maximum: most },
  },
  {
    name: 'after',
    description: 'The `next` of the answer before, for what comes after it',
    schema: { type: 'string' },
  },
];

/** The page that a query string asks for; `others` are parameters that it may have besides. */
export function readPage(parameters: URLSearchParams, others: readonly string[] = []): Page {
  const known = ['limit', 'after', ...others];
  for (const name of parameters.keys()) {
    if (!known.includes(name)) throw invalidParameter(name, `there is no parameter "${name}"`, known);
    if (parameters.getAll(name).length > 1) throw invalidParameter(name, `"${name}" is given twice`, known);
  }
  const after = parameters.get('after');
  return { limit: readLimit(parameters.get('limit'), known), ...(after !== null && { after }) };
}

/** Answers with a part of a list. */
export async function answerPage<T>(
  page: Page,
  find: (page: Page) => PromiseLike<readonly T[]>,
  idOf: (entry: T) => string,
  shown: (entry: T) => unknown,
): Promise<Response> {
  const { items, ...next } = await findPage(page, find, idOf);
  return Response.json({ items: items.map(shown), ...next });
}

/**
 * A part of a list and, where there is more, the id to go on after. One entry more than is asked for is looked
 * up, to know that.
 */
export async function findPage<T>(
  { limit, ...page }: Page,
  find: (page: Page) => PromiseLike<readonly T[]>,
  idOf: (entry: T) => string,
): Promise<{ readonly items: readonly T[]; readonly next?: string }> {
  const found = await find({ ...page, limit: limit + 1 });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(found.length > limit && last !== undefined && { next: idOf(last) }) };
}

function readLimit(text: string | null, known: readonly string[]): number {
  if (text === null) return usual;
  const limit = Number(text);
  if (/^\d+$/u.test(text) && limit >= 1 && limit <= most) return limit;
  throw invalidParameter('limit', `expected a number from 1 to ${most}`, known);
}

/** `invalid_query`, with what there is instead. */
export function invalidParameter(pointer: string, message: string, known: readonly string[]): ProblemError {
  const error = {
    pointer,
    message,
    ...hintOf(
      pointer,
      known.filter(name => name !== pointer),
    ),
  };
  return new ProblemError('invalid_query', `${pointer}: ${message}`, { errors: [error], available: known });
}
