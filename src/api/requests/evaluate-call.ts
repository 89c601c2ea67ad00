import type { Lock } from '../../bundles/index.ts';
import { SentEvidence } from '../../evidence/index.ts';
import { clearKind, type SubmissionParts } from '../../manifests/index.ts';
import { ObjectValue, type Value } from '../../values/index.ts';
import type { Sent } from '../decide-call.ts';
import { ProblemError } from '../problem.ts';
import { type EvaluateBody, evaluateBody, lockBody, type SubmissionBody } from '../schemas/request.ts';
import { decodeText, readBody } from './body.ts';
import { bodyEvidence, fileEvidence } from './evidence.ts';
import { type Form, readForm } from './form.ts';
import { type JsonBody, readJson } from './json-text.ts';
import { bodyKind } from './media-type.ts';
import { namedChoices, type PolicyChoice, toChoices } from './policy-choice.ts';
import { isParameter, type Query, readQuery } from './query.ts';
import { twice, validate } from './validate.ts';

/** A request for a decision, whatever body it came in. */
export interface EvaluateCall {
  readonly policies: readonly PolicyChoice[];
  readonly sent: Sent;
  readonly query: Query;
  readonly lock?: Lock;
}

/** Throws a ProblemError for whatever is wrong with the request. */
export async function readEvaluateCall(request: Request): Promise<EvaluateCall> {
  const parameters = [...new URL(request.url).searchParams];
  const query = readQuery(parameters);
  const kind = bodyKind(request, ['json', 'yaml', 'list', 'form']);
  const bytes = await readBody(request);
  if (kind === 'form') {
    return formCall(await readForm(bytes, request.headers.get('content-type') ?? ''), parameters);
  }
  const text = decodeText(bytes, 'the body');
  if (kind === 'list') refuseOtherText(text);
  if (kind === 'json') return jsonCall(readJson(text), query);
  const part = kind === 'yaml' ? { manifests: text } : { files: [{ name: 'images.txt', text }] };
  const submission = { ...part, context: contextOf(query) };
  return { policies: namedChoices(query), sent: { submission, evidence: SentEvidence.none }, query };
}

function jsonCall(body: JsonBody, query: Query): EvaluateCall {
  const { policy, options, lock, ...submission } = validate(evaluateBody, body.json);
  return {
    policies: toChoices(policy, query, body.valueAt),
    sent: toSent(submission, query, body.valueAt),
    query: mergedOptions(options, query),
    ...(lock && { lock }),
  };
}

/** Lines of a manifest would each be denied as an image, and say nothing of what is wrong. */
function refuseOtherText(text: string): void {
  const kind = clearKind(text);
  if (kind === undefined) return;
  const [what, how] =
    kind === 'manifest'
      ? ['a manifest', "--data-binary @FILE -H 'content-type: application/yaml'"]
      : ['a Dockerfile', '-F file=@Dockerfile'];
  throw new ProblemError(
    'invalid_request',
    `the body is text/plain, a list of images, but it looks like ${what}`,
    { hint: `send it with curl ${how}` },
  );
}

/** The options of a body joined with the query string; either may say a thing, not both. */
export function mergedOptions(options: EvaluateBody['options'], query: Query): Query {
  if (options?.as_of !== undefined && query.asOf !== undefined) throw twice('as_of');
  if (options?.explain !== undefined && query.explain !== undefined) throw twice('explain');
  return {
    ...query,
    ...(options?.as_of !== undefined && { asOf: options.as_of }),
    ...(options?.explain !== undefined && { explain: options.explain }),
  };
}

/** What a JSON body has sent; `valueAt` gives what stands in it. */
export function toSent(body: SubmissionBody, query: Query, valueAt: JsonBody['valueAt']): Sent {
  return { submission: toParts(body, query, valueAt), evidence: bodyEvidence(body, valueAt) };
}

function toParts(body: SubmissionBody, query: Query, valueAt: JsonBody['valueAt']): SubmissionParts {
  const { images, dockerfile, compose } = body;
  const manifests = valueAt('manifests');
  const context = valueAt('context');
  if (context !== undefined && query.context.size > 0) throw twice('context');
  return {
    ...(images !== undefined && { images }),
    ...(manifests !== undefined && { manifests }),
    ...(dockerfile !== undefined && { dockerfile }),
    ...(compose !== undefined && { compose }),
    context: context ?? contextOf(query),
  };
}

/** Fields whose files are not what is to be decided upon. */
const formFields: ReadonlySet<string> = new Set(['policy', 'data', 'evidence', 'lock']);

/**
 * Form fields are read as the query string is; files in the fields `policy` and `data` are the policy, those
 * in `evidence` evidence, the one in `lock` a lock.
 */
function formCall(form: Form, parameters: readonly (readonly [string, string])[]): EvaluateCall {
  refuseForgotten(form.fields);
  const query = readQuery([...parameters, ...form.fields]);
  const files = form.files.filter(({ field }) => !formFields.has(field));
  const evidence = form.files.filter(({ field }) => field === 'evidence');
  return {
    policies: formChoices(form, query),
    sent: {
      submission: { files: files.map(({ name, text }) => ({ name, text })), context: contextOf(query) },
      evidence: fileEvidence(evidence),
    },
    query,
    ...formLock(form),
  };
}

function formLock(form: Form): { readonly lock?: Lock } {
  const [file, ...others] = form.files.filter(({ field }) => field === 'lock');
  if (others.length > 0) throw twice('lock');
  return file === undefined ? {} : { lock: validate(lockBody, readJson(file.text).json, '/lock') };
}

/** `-F file=web.yaml` sends the name of a file, `-F file=@web.yaml` the file. */
function refuseForgotten(fields: Form['fields']): void {
  for (const [name, value] of fields) {
    const isFileName = /^[^\n=]*\.[A-Za-z]{1,12}$|^(?:.*\/)?(?:Docker|Container)file$/u.test(value);
    const known = isParameter(name) && (name !== 'policy' || !/\.(?:policy|rego)$/u.test(value));
    if (known || !isFileName) continue;
    const message = `the field is the text ${JSON.stringify(value.slice(0, 100))}, not a file`;
    const hint = `an @ sends the file: -F ${name}=@${value.slice(0, 100)}`;
    throw new ProblemError('invalid_request', `${name}: ${message}`, {
      errors: [{ pointer: name, message, hint }],
      hint,
    });
  }
}

function formChoices(form: Form, query: Query): readonly PolicyChoice[] {
  const modules = form.files.filter(({ field }) => field === 'policy');
  const data = formData(form);
  if (modules.length === 0) return namedChoices(query).map(choice => ({ ...choice, ...data }));
  if (query.policy.length > 0) throw twice('policy');
  const texts = new Map(modules.map(({ name, text }) => [name, text]));
  if (texts.size < modules.length) throw twice('a policy file name');
  return [{ modules: [...texts], ...data }];
}

function formData(form: Form): { readonly data?: ObjectValue } {
  const [file, ...others] = form.files.filter(({ field }) => field === 'data');
  if (others.length > 0) throw twice('data');
  if (file === undefined) return {};
  const data = readDataFile(file);
  if (data instanceof ObjectValue) return { data };
  throw new ProblemError('invalid_request', `data: expected one JSON object in ${file.name}`, {
    errors: [{ pointer: 'data', message: 'expected one JSON object' }],
    hint: DATA_HINT,
  });
}

const DATA_HINT =
  'data is one JSON object, such as {"parameters": {"allowed_registries": ["ghcr.io/acme/*"]}}';

/** The problem of the JSON, with the field and the file that it is in. */
function readDataFile({ name, text }: Form['files'][number]): Value | undefined {
  try {
    return readJson(text).valueAt();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, detail, line, column, limit } = error.problem;
    throw new ProblemError(code, `the field data, ${name}: ${detail}`, {
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      ...(limit !== undefined && { limit }),
      errors: [{ pointer: 'data', message: detail, hint: DATA_HINT }],
      hint: DATA_HINT,
    });
  }
}

function contextOf(query: Query): Value {
  return ObjectValue.of(query.context);
}
