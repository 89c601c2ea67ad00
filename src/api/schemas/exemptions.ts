import * as z from 'zod';
import { isDigest } from '../../decide/index.ts';
import { compilePatterns, InvalidReference, parseDigest } from '../../images/index.ts';
import { label } from './names.ts';
import { listOf } from './organisations.ts';
import { timestamp } from './request.ts';

const mostItems = 100;

const pattern = z
  .string()
  .min(1)
  .max(500)
  .refine(text => !isDigest(text), 'a digest belongs in "digests"')
  .superRefine((text, context) => {
    for (const { message } of compilePatterns([text]).problems) context.addIssue({ code: 'custom', message });
  });

const digest = z
  .string()
  .refine(text => !(parseDigest(text) instanceof InvalidReference), 'expected a digest: sha256:…');

const namespace = z
  .string()
  .max(63)
  .regex(/^[a-z\d*?-]+$/u, 'expected the name of a namespace, in which * stands for any characters');

const reason = z
  .string()
  .min(1)
  .max(1_000)
  .regex(/^\P{Cc}*$/u, 'expected a text without control characters');

const fields = {
  policy: z
    .string()
    .max(129)
    .regex(/^[^@]*$/u, 'expected no @: an exemption is for every version')
    .meta({ description: 'As callers name it, without a version', examples: ['acme/production'] }),
  owner: label.meta({ description: 'Who answers for it', examples: ['team-shop'] }),
  reason,
  ticket: label.optional().meta({ examples: ['OPS-212'] }),
  images: z.array(pattern).max(mostItems).default([]).meta({ description: 'Patterns of images' }),
  digests: z.array(digest).max(mostItems).default([]).meta({ description: 'Digests of images' }),
  rules: z
    .array(z.string().min(1).max(300))
    .min(1)
    .max(mostItems)
    .meta({ description: 'Full names of rules', examples: [['acme.production.deny_tag']] }),
  namespaces: z.array(namespace).min(1).max(mostItems).optional().meta({
    description: 'Globs. It lifts nothing of an image that stands in any other place too; all where absent',
  }),
  indeterminate: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether it lifts also what a rule could not decide, for want of evidence' }),
};

export const newExemptionBody = z
  .strictObject({
    ...fields,
    starts_at: timestamp.optional().meta({ description: 'From when on it counts; now where absent' }),
    expires_at: timestamp.meta({ description: 'When it ends' }),
  })
  .refine(({ images, digests }) => images.length + digests.length > 0, {
    path: ['images'],
    message: 'expected an image or a digest',
  })
  .meta({ id: 'NewExemption', description: 'What is not enforced for a while' });

const exemption = z.strictObject({
  id: z.string(),
  state: z.enum(['active', 'planned', 'expired', 'revoked']),
  ...fields,
  images: z.array(z.string()),
  digests: z.array(z.string()),
  starts_at: z.string(),
  expires_at: z.string(),
  created_at: z.string(),
  created_by: z.string(),
  revoked_at: z.string().optional(),
  revoked_by: z.string().optional(),
  last_used_at: z.string().optional().meta({ description: 'When a decision last needed it, to the minute' }),
});

export const exemptionAnswer = exemption.meta({ id: 'Exemption' });
export const exemptionListAnswer = listOf(exemption, 'ExemptionList');

export type NewExemptionBody = z.infer<typeof newExemptionBody>;
