import { ProblemError } from '../problem.ts';

/** The kinds of body that are read, by the media types they go under. */
const kinds = {
  json: ['application/json'],
  yaml: ['application/yaml', 'text/yaml', 'application/x-yaml', 'text/x-yaml'],
  list: ['text/plain'],
  form: ['multipart/form-data'],
  bundle: ['application/gzip', 'application/x-gzip'],
} as const;

export type BodyKind = keyof typeof kinds;

/** The kind of a request's body by its content type; throws `unsupported_media_type` for any other. */
export function bodyKind(request: Request, accepted: readonly BodyKind[]): BodyKind {
  const header = request.headers.get('content-type');
  const [type = '', ...parameters] = (header ?? '').split(';').map(part => part.trim().toLowerCase());
  const kind = accepted.find(name => (kinds[name] as readonly string[]).includes(type));
  if (kind === undefined) throw unsupported(type, accepted);
  const charset = parameters.find(parameter => parameter.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && !/^"?(?:utf-8|us-ascii)"?$/u.test(charset)) {
    throw new ProblemError('unsupported_media_type', `a body in charset ${charset} is not read; send UTF-8`);
  }
  return kind;
}

function unsupported(type: string, accepted: readonly BodyKind[]): ProblemError {
  const available = accepted.map(name => kinds[name][0]);
  const sent = type === '' ? 'the request has no content-type' : `a body of type ${type} is not read here`;
  return new ProblemError(
    'unsupported_media_type',
    `${sent}; send ${available.join(', ')}`,
    { available, hint: `for a manifest: curl --data-binary @FILE -H 'content-type: application/yaml' …` },
    { accept: available.join(', ') },
  );
}
