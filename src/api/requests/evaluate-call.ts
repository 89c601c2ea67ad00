import { SentEvidence } from '../../evidence/index.ts';
import type { SubmissionParts } from '../../manifests/index.ts';
import { ObjectValue, type Value } from '../../values/index.ts';
import type { Sent } from '../decide-call.ts';
import { ProblemError } from '../problem.ts';
import { type EvaluateBody, evaluateBody, type SubmissionBody } from '../schemas/request.ts';
import { decodeText, readBody } from './body.ts';
import { bodyEvidence, fileEvidence } from './evidence.ts';
import { type Form, readForm } from './form.ts';
import { type JsonBody, readJson } from './json-text.ts';
import { bodyKind } from './media-type.ts';
import { namedChoices, type PolicyChoice, toChoices } from './policy-choice.ts';
import { type Query, readQuery } from './query.ts';
import { twice, validate } from './validate.ts';

/** A request for a decision, whatever body it came in. */
export interface EvaluateCall {
  readonly policies: readonly PolicyChoice[];
  readonly sent: Sent;
  readonly query: Query;
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
  if (kind === 'json') return jsonCall(readJson(text), query);
  const part = kind === 'yaml' ? { manifests: text } : { files: [{ name: 'images.txt', text }] };
  const submission = { ...part, context: contextOf(query) };
  return { policies: namedChoices(query), sent: { submission, evidence: SentEvidence.none }, query };
}

function jsonCall(body: JsonBody, query: Query): EvaluateCall {
  const { policy, options, ...submission } = validate(evaluateBody, body.json);
  return {
    policies: toChoices(policy, query, body.valueAt),
    sent: toSent(submission, query, body.valueAt),
    query: mergedOptions(options, query),
  };
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
const formFields: ReadonlySet<string> = new Set(['policy', 'data', 'evidence']);

/**
 * Form fields are read as the query string is; files in the fields `policy` and `data` are the policy, those
 * in `evidence` evidence.
 */
function formCall(form: Form, parameters: readonly (readonly [string, string])[]): EvaluateCall {
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
  };
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
  const data = readJson(file.text).valueAt();
  if (data instanceof ObjectValue) return { data };
  throw new ProblemError('invalid_request', 'data: expected an object', {
    errors: [{ pointer: 'data', message: 'expected an object' }],
  });
}

function contextOf(query: Query): Value {
  return ObjectValue.of(query.context);
}
