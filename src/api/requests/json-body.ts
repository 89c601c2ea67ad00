import type * as z from 'zod';
import { limits } from '../../base/index.ts';
import { decodeText, readBody } from './body.ts';
import { readJson } from './json-text.ts';
import { bodyKind } from './media-type.ts';
import { validate } from './validate.ts';

/** The JSON body of a request in the form of a schema; throws a ProblemError where it is none. */
export async function readJsonBody<T extends z.ZodType>(
  request: Request,
  schema: T,
  limit: number = limits.bodyBytes,
): Promise<z.output<T>> {
  bodyKind(request, ['json']);
  const text = decodeText(await readBody(request, limit), 'the body');
  return validate(schema, readJson(text).json);
}
