import { verdictFormats } from '../../decide/index.ts';
import type { JsonObject } from '../../values/index.ts';
import { type Parameter, ref } from '../openapi/operation.ts';
import type { ProblemCode } from '../problem.ts';

const text: JsonObject = { type: 'string' };

export const onDenyParameter: Parameter = {
  name: 'on_deny',
  description: 'The status, 400 to 499, of an answer that does not allow, so that `curl --fail` fails',
  schema: { type: 'integer', minimum: 400, maximum: 499 },
};

/** What stands in the query string of a decision; for JSON bodies the body may say it instead. */
export const decisionParameters: readonly Parameter[] = [
  {
    name: 'policy',
    description: 'A policy of the library, or of an organisation: `acme/production@stable`',
    schema: text,
    repeatable: true,
  },
  { name: 'context.KEY', description: 'What the policy reads as `input.context.KEY`', schema: text },
  {
    name: 'as_of',
    description: 'The time that the policy sees as now',
    schema: { type: 'string', format: 'date-time' },
  },
  {
    name: 'explain',
    description: 'Say also which rules were content, and what the policy printed; in JSON',
    schema: { type: 'boolean' },
  },
  {
    name: 'format',
    description: 'The form of the answer; otherwise as `Accept` asks, or JSON',
    schema: { type: 'string', enum: verdictFormats },
  },
  onDenyParameter,
];

export const decisionProblems: readonly ProblemCode[] = [
  'invalid_json',
  'invalid_request',
  'invalid_query',
  'invalid_encoding',
  'invalid_multipart',
  'policy_missing',
  'unauthorized',
  'forbidden',
  'unknown_policy',
  'unknown_channel',
  'not_acceptable',
  'lock_mismatch',
  'too_large',
  'unsupported_media_type',
  'policy_error',
  'submission_error',
  'limit_exceeded',
  'nothing_to_decide',
  'rate_limited',
];

export const verdictContent: Readonly<Record<string, JsonObject>> = {
  'application/json': ref('Verdict'),
  'text/plain': text,
  'text/markdown': text,
  'application/sarif+json': { type: 'object' },
  'application/xml': text,
};
