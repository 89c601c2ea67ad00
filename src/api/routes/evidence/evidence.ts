import { readStoredDocuments, type StoredDocument } from '../../../evidence/index.ts';
import { InvalidReference, parseDigest } from '../../../images/index.ts';
import {
  type EvidenceEntry,
  listEvidence,
  mostEvidenceBytes,
  removeEvidence,
  storeEvidence,
  violates,
} from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { notFound } from '../../access/refusals.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { ProblemError } from '../../problem.ts';
import { decodeText, readBody } from '../../requests/body.ts';
import { answerPage, invalidParameter, type Page, pageParameters, readPage } from '../../requests/page.ts';
import type { RequestContext, Route } from '../../route.ts';
import { toTime } from '../../time.ts';

const path = '/v1/orgs/{org}/evidence/{digest}';

/** Documents that one request may bring. */
const mostDocuments = 50;

const putRoute: Route = {
  method: 'PUT',
  path,
  access: { role: 'publish' },
  operation: {
    id: 'putEvidence',
    summary: 'Store evidence about an image',
    description:
      'Signatures, attestations, scan reports and SBOMs about the image of a digest, recognised by content: one ' +
      'document, a list of `{type, content}`, or one on each line. Signatures are verified when they are used, by ' +
      'the authorities that a policy names. What is stored already stays as it is.',
    body: {
      'application/json': { schema: { description: 'A document, or a list of them' } },
      'text/plain': { schema: { type: 'string', description: 'A document on each line' } },
    },
    answers: {
      200: {
        description: 'What was sent, as it is stored',
        content: { 'application/json': ref('StoredEvidenceList') },
      },
    },
    problems: ['invalid_request', 'invalid_encoding', 'too_large', 'quota_exceeded'],
  },

  async handle(context, { deps }) {
    const { org, identity } = principalOf(context);
    const subject = digestOf(context);
    const text = decodeText(await readBody(context.req.raw), 'the body');
    const documents = readDocuments(text, subject);
    const database = databaseOf(deps);
    const stored = await storeEvidence(
      database,
      { org, subject, actor: identity },
      documents,
      deps.now(),
    ).catch(refuseMore);
    return Response.json({ items: stored.map(toAnswer) });
  },
};

const listRoute: Route = {
  method: 'GET',
  path: '/v1/orgs/{org}/evidence',
  access: { role: 'evaluate' },
  operation: {
    id: 'listEvidence',
    summary: 'List what is stored',
    description: 'By image, without the documents.',
    parameters: pageParameters,
    answers: { 200: { description: 'A page', content: { 'application/json': ref('StoredEvidenceList') } } },
    problems: ['invalid_query'],
  },

  handle(context, { deps }) {
    const page = readPage(new URL(context.req.url).searchParams);
    const { org } = principalOf(context);
    const find = (more: Page) => listEvidence(databaseOf(deps), { org, ...more });
    return answerPage(page, find, keyOf, toAnswer);
  },
};

const readRoute: Route = {
  method: 'GET',
  path,
  access: { role: 'evaluate' },
  operation: {
    id: 'getEvidence',
    summary: 'What is stored about an image',
    description: 'Without the documents.',
    parameters: pageParameters,
    answers: { 200: { description: 'A page', content: { 'application/json': ref('StoredEvidenceList') } } },
    problems: ['invalid_request', 'invalid_query'],
  },

  handle(context, { deps }) {
    const page = readPage(new URL(context.req.url).searchParams);
    const asked = { org: principalOf(context).org, subject: digestOf(context) };
    const find = (more: Page) => listEvidence(databaseOf(deps), { ...asked, ...more });
    return answerPage(page, find, keyOf, toAnswer);
  },
};

const deleteRoute: Route = {
  method: 'DELETE',
  path,
  access: { role: 'publish' },
  operation: {
    id: 'deleteEvidence',
    summary: 'Delete what is stored about an image',
    description: 'All of it, or one document.',
    parameters: [{ name: 'document', description: 'The digest of one document', schema: { type: 'string' } }],
    answers: { 204: { description: 'It is gone', content: {} } },
    problems: ['invalid_request', 'invalid_query'],
  },

  async handle(context, { deps }) {
    const parameters = new URL(context.req.url).searchParams;
    const other = [...parameters.keys()].find(name => name !== 'document');
    if (other !== undefined) throw invalidParameter(other, `there is no parameter "${other}"`, ['document']);
    const document = parameters.get('document');
    const { org, identity } = principalOf(context);
    const chosen = { org, subject: digestOf(context), ...(document !== null && { digest: document }) };
    if (!(await removeEvidence(databaseOf(deps), { ...chosen, actor: identity }, deps.now())))
      throw notFound();
    return new Response(null, { status: 204 });
  },
};

export const evidenceRoutes: readonly Route[] = [putRoute, listRoute, readRoute, deleteRoute];

/** The digest that the path names. */
function digestOf(context: RequestContext): string {
  const digest = parseDigest(context.req.param('digest') ?? '');
  if (!(digest instanceof InvalidReference)) return digest;
  throw new ProblemError('invalid_request', 'the path does not end with a digest: sha256:…');
}

function readDocuments(text: string, subject: string): readonly StoredDocument[] {
  const documents = readable(text, subject);
  if (documents.length > 0 && documents.length <= mostDocuments) return documents;
  throw new ProblemError(
    'invalid_request',
    documents.length === 0 ? 'there is no document' : `there are more than ${mostDocuments} documents`,
  );
}

function readable(text: string, subject: string): readonly StoredDocument[] {
  try {
    return readStoredDocuments(text, subject);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProblemError('invalid_request', error.message, {
      errors: [{ pointer: '', message: error.message }],
      hint: 'a report that is no JSON is sent as [{"type": "report", "content": "its text"}]',
    });
  }
}

function refuseMore(error: unknown): never {
  if (!violates(error, 'evidence.bytes')) throw error;
  throw new ProblemError(
    'quota_exceeded',
    `the organisation would have more than ${mostEvidenceBytes} bytes of evidence`,
    { hint: 'delete what is about images that run no more' },
  );
}

function keyOf({ subject, digest }: EvidenceEntry): string {
  return `${subject} ${digest}`;
}

function toAnswer({ subject, digest, type, bytes, storedAt, storedBy }: EvidenceEntry) {
  return { subject, digest, type, bytes, stored_at: toTime(storedAt), stored_by: storedBy };
}
