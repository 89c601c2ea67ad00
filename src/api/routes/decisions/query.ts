import { InvalidReference, parseImageReference, printReference } from '../../../images/index.ts';
import { type DecisionQuery, ulidTime } from '../../../store/index.ts';
import type { Principal } from '../../access/principal.ts';
import { seenPolicies } from '../../deciding/sight.ts';
import type { Parameter } from '../../openapi/operation.ts';
import { invalidParameter, type Page, readPage } from '../../requests/page.ts';
import { timestamp } from '../../schemas/request.ts';

const decisions: readonly DecisionQuery['decision'][] = ['allow', 'deny', 'indeterminate'];
const formats = ['json', 'ndjson', 'opa'] as const;
const names = ['policy', 'image', 'decision', 'from', 'to', 'format'];

export interface DecisionSearch {
  readonly page: Page;
  readonly query: Omit<DecisionQuery, 'limit'>;
  readonly format: (typeof formats)[number];
}

const time = { type: 'string', format: 'date-time' };

export const searchParameters: readonly Parameter[] = [
  { name: 'policy', description: 'By this policy: `acme/production`', schema: { type: 'string' } },
  {
    name: 'image',
    description: 'About this image: a reference, a repository with its registry, or a digest',
    schema: { type: 'string' },
  },
  {
    name: 'decision',
    description: 'With this outcome',
    schema: { type: 'string', enum: decisions as string[] },
  },
  { name: 'from', description: 'No earlier than this', schema: time },
  { name: 'to', description: 'No later than this', schema: time },
  {
    name: 'format',
    description: '`ndjson`: whole records, a line each; `opa`: the same as events of OPA’s decision log',
    schema: { type: 'string', enum: [...formats] },
  },
];

/** What a query string asks of the decision log. */
export function readSearch(parameters: URLSearchParams, principal: Principal): DecisionSearch {
  const page = readPage(parameters, names);
  const policy = parameters.get('policy');
  const image = parameters.get('image');
  const [from, to] = [readTime(parameters, 'from'), readTime(parameters, 'to')];
  const decision = oneOf(parameters, 'decision', decisions);
  return {
    page,
    format: oneOf(parameters, 'format', formats) ?? 'json',
    query: {
      org: principal.org,
      seen: seenPolicies(principal),
      ...(policy !== null && { policy }),
      ...(image !== null && { images: termsOf(image) }),
      ...(decision !== undefined && { decision }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    },
  };
}

/** As it is written, and as it is normalised: `nginx` finds `docker.io/library/nginx:latest`. */
function termsOf(image: string): readonly string[] {
  const reference = parseImageReference(image);
  return reference instanceof InvalidReference ? [image] : [image, printReference(reference)];
}

/** The beginning of the ids of that time. */
function readTime(parameters: URLSearchParams, name: string): string | undefined {
  const text = parameters.get(name);
  if (text === null) return undefined;
  const result = timestamp.safeParse(text.replace(' ', '+'));
  if (result.success) return ulidTime(Date.parse(result.data));
  throw invalidParameter(name, result.error.issues[0]!.message, names);
}

function oneOf<T extends string | undefined>(
  parameters: URLSearchParams,
  name: string,
  values: readonly T[],
): T | undefined {
  const text = parameters.get(name);
  if (text === null) return undefined;
  const value = values.find(each => each === text);
  if (value !== undefined) return value;
  throw invalidParameter(name, `there is no ${name} "${text}"`, values as readonly string[]);
}
