import { limits } from '../../base/index.ts';
import { ProblemError } from '../problem.ts';
import { decodeText } from './body.ts';

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** A form: its files by the field they came in, and its other fields. */
export interface Form {
  readonly files: readonly (NamedText & { readonly field: string })[];
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** The parts of a `multipart/form-data` body; throws a ProblemError where it is none, or holds no UTF-8. */
export async function readForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Form> {
  const files: Form['files'][number][] = [];
  const fields: Form['fields'][number][] = [];
  for (const [field, value] of await parse(bytes, contentType)) {
    if (typeof value === 'string') fields.push([field, refuseReplaced(field, value)]);
    else {
      const name = value.name === '' ? field : value.name;
      files.push({ field, name, text: decodeText(new Uint8Array(await value.arrayBuffer()), name) });
    }
  }
  if (files.length <= limits.documents) return { files, fields };
  throw new ProblemError('limit_exceeded', `the form holds more than ${limits.documents} files`, {
    limit: 'documents',
  });
}

async function parse(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new ProblemError(
      'invalid_multipart',
      'the body is not multipart/form-data as its content-type says',
    );
  }
}

/** The runtime has decoded fields already, and put U+FFFD where it could not. */
function refuseReplaced(field: string, value: string): string {
  if (!value.includes('\ufffd')) return value;
  throw new ProblemError('invalid_encoding', `the field ${field} is not valid UTF-8`);
}
