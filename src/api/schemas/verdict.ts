import * as z from 'zod';
import type { Decision } from '../../decide/index.ts';
import { json } from './json.ts';

const decision = z.enum(['allow', 'deny', 'indeterminate']).meta({
  id: 'Decision',
  description: '`indeterminate`: what a rule needs could not be had; no door lets it in',
}) satisfies z.ZodType<Decision>;

const place = z
  .strictObject({ file: z.string(), line: z.int(), column: z.int() })
  .meta({ id: 'PolicyPlace', description: 'Where a rule stands in the policy; counted from 1' });

const object = z.strictObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
});

const location = z
  .strictObject({
    file: z.string().optional(),
    line: z.int().optional(),
    column: z.int().optional().meta({ description: 'Of the reference in that line, if that is sure' }),
    pointer: z.string().optional().meta({ description: 'RFC 6901, from the list of the documents' }),
    object: object.optional(),
    container: z.string().optional(),
    container_type: z.string().optional(),
  })
  .meta({ id: 'Location', description: 'Where an image stands in what was submitted' });

const exemption = z
  .strictObject({
    until: z.string(),
    because: z.string(),
    source: place.optional().meta({ description: 'Of a statement: where it stands in the policy' }),
    id: z.string().optional().meta({ description: 'Of an exemption of the organisation' }),
    owner: z.string().optional(),
    ticket: z.string().optional(),
  })
  .meta({ id: 'ExemptionMark', description: 'What lifts a violation' });

const violation = z
  .strictObject({
    rule: z.string().meta({ examples: ['acme.production.deny_tag'] }),
    title: z.string().optional(),
    severity: z.enum(['error', 'warning']),
    indeterminate: z.boolean(),
    message: z.string(),
    because: z.string().optional(),
    expected: z.string().optional(),
    found: z.string().optional(),
    source: place
      .optional()
      .meta({ description: 'Absent for `pratique.reference`, which stands in no policy' }),
    layer: z
      .string()
      .optional()
      .meta({ description: 'The layer that the rule comes from', examples: ['acme/baseline@7'] }),
    image: z.string().optional(),
    locations: z.array(location).optional(),
    exempted: exemption.nullable(),
    not_exempted: z
      .string()
      .optional()
      .meta({ description: 'Why an exemption that names the rule and the image does not lift it' }),
    fix: z
      .strictObject({
        description: z.string(),
        patch: z.array(z.strictObject({ op: z.string(), path: z.string(), value: json })).optional(),
      })
      .optional(),
    details: json.optional(),
  })
  .meta({ id: 'Violation' });

const evidence = z
  .strictObject({
    type: z.string(),
    source: z.string(),
    verified: z.boolean(),
    authority: z.string().optional(),
    identity: json.optional(),
    at: z.string().optional(),
    digest: z.string().optional().meta({ description: 'Of an image: the digest that it is about' }),
    about: z
      .string()
      .optional()
      .meta({ description: '`index`, or the platform of the manifest in it, where an image is an index' }),
    format: z
      .string()
      .optional()
      .meta({ examples: ['cosign signature', 'sigstore bundle'] }),
    status: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'Evidence' });

const image = z
  .strictObject({
    ref: z.string(),
    name: z.string().optional(),
    registry: z.string().optional(),
    repository: z.string().optional(),
    tag: z.string().optional(),
    digest: z.string().optional(),
    decision,
    locations: z.array(location),
    violations: z.array(violation),
    evidence: z.array(evidence),
  })
  .meta({ id: 'ImageVerdict' });

export const policyIdentity = z
  .strictObject({
    name: z.string(),
    version: z.int().optional(),
    digest: z.string().meta({ description: '`sha256:…` of the modules and data' }),
    channel: z.string().optional(),
    layers: z
      .array(z.strictObject({ name: z.string(), version: z.int().optional(), digest: z.string() }))
      .optional()
      .meta({
        description:
          'Of a policy of an organisation: what it is put together of, those of the library by path',
      }),
  })
  .meta({ id: 'PolicyIdentity' });

/** The Verdict of src/decide; a test holds real verdicts against it, as no type can. */
export const verdictBody = z
  .strictObject({
    decision_id: z.string(),
    decision,
    as_of: z.string().meta({
      description: 'The time that policies saw and exemptions were measured by, RFC 3339 in UTC',
      examples: ['2026-12-01T00:00:00Z'],
    }),
    policy: z.array(policyIdentity),
    summary: z
      .strictObject({
        images: z.int(),
        allowed: z.int(),
        denied: z.int(),
        indeterminate: z.int(),
        warnings: z.int(),
        exempted: z.int(),
      })
      .meta({ description: 'Numbers of images; `warnings` and `exempted` count violations' }),
    images: z.array(image),
    violations: z.array(violation).meta({ description: 'All of them, those that belong to no image too' }),
    unchecked: z.array(
      z.strictObject({
        kind: z.enum(['field', 'image']),
        value: z.string(),
        file: z.string().optional(),
        line: z.int().optional(),
        path: z.string().optional(),
        reason: z.string(),
      }),
    ),
    evidence: z.array(evidence).optional().meta({ description: 'What was asked that belongs to no image' }),
    errors: z.array(z.strictObject({ code: z.string(), message: z.string(), source: place.optional() })),
    cost: z.strictObject({ rules: z.int(), steps: z.int(), rounds: z.int(), evaluate_us: z.number() }),
    explanation: z
      .strictObject({
        rules: z.array(
          z.strictObject({
            rule: z.string(),
            title: z.string().optional(),
            source: place,
            violations: z.int(),
          }),
        ),
        printed: z.array(z.string()).meta({ description: 'What `print` said' }),
      })
      .optional()
      .meta({ description: 'Where `explain` asked for it: every rule, those that were content too' }),
  })
  .meta({ id: 'Verdict' });
