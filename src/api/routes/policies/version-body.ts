import { limits, toDiagnosticJson } from '../../../base/index.ts';
import { fileProblems, type TextFile, tooManyFiles } from '../../../bundles/index.ts';
import { readBundle } from '../../../bundles/opa/index.ts';
import { contentText } from '../../../store/index.ts';
import { type FieldError, ProblemError } from '../../problem.ts';
import { decodeText, readBody } from '../../requests/body.ts';
import { type Form, readForm } from '../../requests/form.ts';
import { readJson } from '../../requests/json-text.ts';
import { type BodyKind, bodyKind } from '../../requests/media-type.ts';
import { twice, validate } from '../../requests/validate.ts';
import { newVersionBody } from '../../schemas/policies.ts';

/** The files of a version as they were sent. */
export interface SentVersion {
  readonly files: readonly TextFile[];
  readonly note?: string;
}

/** From JSON, a bundle, or a form of files with a field `note`; throws a ProblemError for whatever is wrong with it. */
export async function readVersionBody(request: Request): Promise<SentVersion> {
  const kind = bodyKind(request, ['json', 'form', 'bundle']);
  const bytes = await readBody(request);
  const sent = await readSent(request, kind, bytes);
  refuseFiles(sent.files);
  return sent;
}

async function readSent(
  request: Request,
  kind: BodyKind,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<SentVersion> {
  switch (kind) {
    case 'form':
      return fromForm(await readForm(bytes, request.headers.get('content-type') ?? ''));
    case 'bundle':
      return fromBundle(bytes);
    default:
      return fromJson(decodeText(bytes, 'the body'));
  }
}

/** An OPA bundle, or any other archive of the files. */
async function fromBundle(bytes: Uint8Array<ArrayBuffer>): Promise<SentVersion> {
  const { bundle, diagnostics } = await readBundle(bytes);
  if (bundle !== undefined) return { files: bundle.files };
  throw new ProblemError('invalid_request', diagnostics[0]!.message, {
    diagnostics: diagnostics.map(toDiagnosticJson),
  });
}

function fromJson(text: string): SentVersion {
  const { files, note } = validate(newVersionBody, readJson(text).json);
  return toSent(Object.entries(files), note);
}

function fromForm({ files, fields }: Form): SentVersion {
  const notes = fields.filter(([name]) => name === 'note');
  const other = fields.find(([name]) => name !== 'note');
  if (notes.length > 1) throw twice('note');
  if (other !== undefined) throw invalid([{ pointer: other[0], message: 'there is no such field' }]);
  const [note] = notes;
  return toSent(
    files.map(({ name, text }) => [name, text]),
    validate(newVersionBody.shape.note, note?.[1], '/note'),
  );
}

function toSent(entries: readonly (readonly [string, string])[], note: string | undefined): SentVersion {
  const files = entries.map(([path, text]) => ({ path, text }));
  return { files, ...(note !== undefined && { note }) };
}

function refuseFiles(files: readonly TextFile[]): void {
  const number = tooManyFiles(files);
  if (number !== undefined && files.length > 0)
    throw new ProblemError('limit_exceeded', number, { limit: 'versionFiles' });
  if (number !== undefined) throw invalid([{ pointer: '/files', message: number }]);
  const errors = fileProblems(files).map(({ path, message, hint }) => ({
    pointer: `/files/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    message: `${path}: ${message}`,
    ...(hint !== undefined && { hint }),
  }));
  if (errors.length > 0) throw invalid(errors);
  const bytes = new TextEncoder().encode(contentText(files)).byteLength;
  if (bytes <= limits.versionBytes) return;
  throw new ProblemError(
    'limit_exceeded',
    `the files are ${bytes} bytes as JSON, and a version may hold ${limits.versionBytes}`,
    { limit: 'versionBytes', hint: 'put large data into a policy of its own that others extend' },
  );
}

function invalid(errors: readonly FieldError[]): ProblemError {
  return new ProblemError('invalid_request', `${errors[0]?.pointer}: ${errors[0]?.message}`, { errors });
}
