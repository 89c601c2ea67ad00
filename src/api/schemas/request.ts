import * as z from 'zod';
import { limits } from '../../base/index.ts';
import { documentTypes } from '../../evidence/index.ts';
import type { JsonObject } from '../../values/index.ts';
import { json, jsonObject, texts } from './json.ts';

const policyName = z
  .string()
  .min(1)
  .max(200)
  .meta({
    description: 'A policy of the library by its name, or of an organisation: `org/name@selector`',
    examples: ['production', 'acme/production@stable'],
  });

export const inlinePolicy = z
  .strictObject({
    modules: texts.meta({
      description: 'Policy texts by file name; `.policy` may hold image statements, `.rego` is plain Rego',
    }),
    data: jsonObject.optional().meta({ description: 'What the policy reads as `data`' }),
    rego: z.enum(['v0', 'v1']).optional().meta({ description: 'The edition of the `.rego` modules; v1' }),
  })
  .meta({ id: 'InlinePolicy', description: 'A policy that comes with the request' });

export const namedPolicy = z
  .strictObject({
    name: policyName,
    data: jsonObject.optional().meta({
      description: 'What the policy reads as `data`, joined with its own',
      examples: [{ parameters: { allowed_registries: ['ghcr.io/acme/*'] } }],
    }),
  })
  .meta({ id: 'NamedPolicy', description: 'A policy of the library, with parameters' });

const onePolicy = z.union([policyName, namedPolicy, inlinePolicy]);

export const policySelection = z
  .union([policyName, namedPolicy, inlinePolicy, z.array(onePolicy).min(1).max(20)])
  .meta({ id: 'PolicySelection', description: 'One policy or several; every one of them must be content' });

const sentEvidence = z
  .strictObject({
    type: z.enum(documentTypes).meta({
      description:
        '`attestation` is a DSSE envelope; `report` a scan report or an SBOM, recognised by content',
    }),
    subject: z.string().max(4096).optional().meta({
      description: 'The digest that it is about, or a reference with one; where absent it must say so itself',
    }),
    content: json.meta({ description: 'The document, as JSON or as its text' }),
  })
  .meta({ id: 'SentEvidence' });

const submissionFields = {
  images: z
    .array(z.string().max(4096))
    .max(limits.images)
    .optional()
    .meta({
      description: 'Image references as they are written',
      examples: [['nginx', 'ghcr.io/acme/api:1.4']],
    }),
  manifests: z
    .union([z.string(), jsonObject, z.array(jsonObject).max(limits.documents)])
    .optional()
    .meta({ description: 'Kubernetes manifests: YAML or JSON text of any number of documents, or objects' }),
  dockerfile: z.string().optional().meta({ description: 'The text of a Dockerfile' }),
  compose: z.string().optional().meta({ description: 'The text of a compose file' }),
  context: jsonObject.optional().meta({
    description: 'What the policy reads as `input.context`: environment, team, cluster …',
    examples: [{ environment: 'production' }],
  }),
  evidence: z.array(sentEvidence).max(limits.documents).optional().meta({
    description: 'Signatures, attestations and reports, used before registries are asked',
  }),
};

export const submissionBody = z
  .strictObject(submissionFields)
  .meta({ id: 'Submission', description: 'What is to be decided upon' });

export const timestamp = z.iso
  .datetime({ offset: true, message: 'expected a time as in RFC 3339: 2026-12-01T00:00:00Z' })
  .refine(text => text >= '1970', 'expected a time after 1970')
  .meta({ description: 'The time that the policy sees as now', examples: ['2026-12-01T00:00:00Z'] });

export const evaluateOptions = z
  .strictObject({
    as_of: timestamp.optional(),
    explain: z
      .boolean()
      .optional()
      .meta({ description: 'Say also which rules were content, and what the policy printed' }),
  })
  .meta({ id: 'EvaluateOptions' });

const lockEntry = z.strictObject({ version: z.int().positive().optional(), digest: z.string().max(100) });

export const lockBody = z
  .strictObject({
    lock: z.literal(1),
    policies: z
      .custom<Readonly<Record<string, z.infer<typeof lockEntry>>>>(
        value =>
          jsonObject.safeParse(value).success &&
          Object.values(value as object).every(entry => lockEntry.safeParse(entry).success),
        'expected an object of {version, digest} by the names of policies',
      )
      .refine(value => Object.keys(value).length <= 400, 'more than 400 policies')
      .meta({
        type: 'object',
        additionalProperties: {
          type: 'object',
          properties: { version: { type: 'integer' }, digest: { type: 'string' } },
          required: ['digest'],
        },
      }),
  })
  .meta({
    id: 'Lock',
    description:
      'A `pratique.lock`: channels stand for the versions that it names, and any other is a problem',
  });

export const evaluateBody = z
  .strictObject({
    policy: policySelection.optional().meta({ description: 'May stand in the query string instead' }),
    ...submissionFields,
    lock: lockBody.optional(),
    options: evaluateOptions.optional(),
  })
  .meta({ id: 'EvaluateRequest' });

export const batchBody = z
  .strictObject({
    policy: policySelection.optional(),
    lock: lockBody.optional(),
    submissions: z
      .custom<JsonObject>(value => jsonObject.safeParse(value).success, 'expected an object of submissions')
      .refine(value => Object.keys(value).length > 0, 'expected at least one submission')
      .refine(value => Object.keys(value).length <= limits.batch, `more than ${limits.batch} submissions`)
      .meta({
        type: 'object',
        additionalProperties: { $ref: '#/components/schemas/Submission' },
        description: `Submissions by an id of your own, ${limits.batch} at most`,
      }),
    options: evaluateOptions.optional(),
  })
  .meta({ id: 'BatchRequest' });

export const checkBody = z.strictObject({ policy: policySelection.optional() }).meta({ id: 'CheckRequest' });

export type PolicySelection = z.infer<typeof policySelection>;
export type SubmissionBody = z.infer<typeof submissionBody>;
export type EvaluateBody = z.infer<typeof evaluateBody>;
export type BatchBody = z.infer<typeof batchBody>;
export type EvaluateOptions = z.infer<typeof evaluateOptions>;
