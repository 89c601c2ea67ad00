import type * as z from 'zod';
import { hintOf } from '../hint.ts';
import { type FieldError, ProblemError } from '../problem.ts';

/** The value in the form of the schema; throws `invalid_request` with every place that is wrong. */
export function validate<T extends z.ZodType>(schema: T, value: unknown, at = ''): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap(issue => fieldErrors(issue, at, knownFields(schema)));
  const first = errors[0]!;
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : '';
  throw new ProblemError('invalid_request', `${first.pointer || 'the body'}: ${first.message}${more}`, {
    errors,
  });
}

type Issue = z.core.$ZodIssue;

function fieldErrors(issue: Issue, base: string, known: readonly string[]): FieldError[] {
  const at = base + pointer(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      pointer: at + pointer([key]),
      message: `there is no field ${JSON.stringify(key)} here`,
      ...hintOf(
        key,
        known.filter(name => name !== key),
      ),
    }));
  }
  if (issue.code === 'invalid_union') return unionErrors(issue.errors, at, known);
  return [{ pointer: at, message: plain(issue.message) }];
}

/** The errors of the alternative that comes nearest: it has the value's type, and the least is wrong. */
function unionErrors(
  alternatives: readonly (readonly Issue[])[],
  at: string,
  known: readonly string[],
): FieldError[] {
  const fitting = alternatives.filter(
    issues => !issues.some(issue => issue.path.length === 0 && isWrongType(issue)),
  );
  const apart = fieldsApart(fitting);
  if (apart !== undefined) return [{ pointer: at, message: apart }];
  const [near] = fitting
    .map(issues => issues.flatMap(issue => fieldErrors(issue, at, known)))
    .sort((a, b) => a.length - b.length);
  if (near !== undefined) return near;
  const wanted = alternatives.flatMap(issues => issues.map(issue => plain(issue.message)));
  return [{ pointer: at, message: [...new Set(wanted)].join(', or ') }];
}

/** What is wrong where each alternative only has too many fields: those of one beside those of another. */
function fieldsApart(alternatives: readonly (readonly Issue[])[]): string | undefined {
  const [first, second, ...others] = alternatives.map(excessFields);
  if (first?.length !== 1 || second?.length !== 1 || others.length > 0 || first[0] === second[0])
    return undefined;
  const [a, b] = [JSON.stringify(second[0]), JSON.stringify(first[0])];
  return `the fields ${a} and ${b} do not go together: leave one of them out`;
}

function excessFields(issues: readonly Issue[]): readonly string[] {
  const keys = issues.map(issue => (issue.code === 'unrecognized_keys' ? issue.keys : undefined));
  return keys.every(each => each !== undefined) ? keys.flat() : [];
}

function isWrongType(issue: Issue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'custom';
}

/** Every field name that the schema has anywhere near its top, to find what was meant. */
function knownFields(schema: z.ZodType): readonly string[] {
  const shape = (schema as { readonly shape?: Readonly<Record<string, unknown>> }).shape ?? {};
  return [...Object.keys(shape), 'as_of', 'explain', 'modules', 'data', 'rego'];
}

function plain(message: string): string {
  return message.replace(/^Invalid input: /u, '');
}

/** RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What may be said in one place only was said in two. */
export function twice(what: string): ProblemError {
  return new ProblemError('invalid_request', `${what} is given twice`, {
    errors: [{ pointer: `/${what}`, message: 'given twice' }],
  });
}
