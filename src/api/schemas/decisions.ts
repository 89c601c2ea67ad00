import * as z from 'zod';
import { json } from './json.ts';
import { listOf } from './organisations.ts';
import { policyIdentity, verdictBody } from './verdict.ts';

const summary = {
  id: z.string().meta({ description: 'The `decision_id` of the verdict' }),
  at: z.string(),
  door: z.enum(['evaluate', 'batch', 'gatekeeper', 'admission', 'data']),
  requester: z.string().meta({ description: 'Who asked: `token:ID`, or `oidc:ISSUER#SUBJECT` of a CI job' }),
  decision: z.enum(['allow', 'deny', 'indeterminate']).meta({
    description: 'Of a document `indeterminate`: what it means is for who asked',
  }),
  policy: z.array(policyIdentity),
  input_digest: z.string().meta({ description: '`sha256:…` of what policies read as `input`' }),
  expires_at: z.string().meta({ description: 'When the record is deleted' }),
};

export const decisionListAnswer = listOf(z.strictObject(summary), 'DecisionList');

export const decisionAnswer = z
  .strictObject({
    ...summary,
    verdict: verdictBody.optional(),
    evidence: z
      .array(z.strictObject({ type: z.string(), digest: z.string(), subject: z.string().optional() }))
      .optional()
      .meta({ description: 'Documents that were sent along or stored ahead, by digest' }),
    path: z
      .array(z.string())
      .optional()
      .meta({ description: 'Of a document that was asked for by the Data API' }),
    result: json.optional().meta({ description: 'The document; absent where it is undefined' }),
    admitted_by: z
      .string()
      .optional()
      .meta({
        description: 'Why the door let in what the verdict does not allow',
        examples: ['break-glass', 'unchanged-images'],
      }),
    input: json.optional().meta({ description: 'Absent where the organisation keeps its digest alone' }),
    masked: z.array(z.string()).meta({ description: 'JSON pointers of what is not kept' }),
  })
  .meta({ id: 'DecisionRecord' });
