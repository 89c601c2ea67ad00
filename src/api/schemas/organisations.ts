import * as z from 'zod';
import { quotas } from '../../store/index.ts';
import { label, name } from './names.ts';
import { timestamp } from './request.ts';

export const roleNames = ['evaluate', 'publish', 'approve', 'admin'] as const;

const roles = z
  .array(z.enum(roleNames))
  .min(1)
  .max(roleNames.length)
  .meta({
    description: '`admin` may do everything; each of the others may read too',
    examples: [['evaluate']],
  });

const policies = z
  .array(name)
  .min(1)
  .max(100)
  .optional()
  .meta({ description: 'Names of the policies it is for; all where absent' });

const expiry = timestamp.meta({ description: 'When it ends: a year from now at most' });

const pointer = z
  .string()
  .max(500)
  .regex(/^(?:\/(?:[^~/]|~[01])*)+$/u, 'expected a JSON pointer as in RFC 6901: /input/context/user');

const decisionLog = z.strictObject({
  input: z.enum(['input', 'digest']).meta({ description: 'Keep what was decided upon, or its digest alone' }),
  mask: z.array(pointer).max(100).meta({ description: 'JSON pointers of what is not kept' }),
  retention_days: z.int().min(1).max(730),
});

const exemptionDays = z.int().min(1).max(3_650).meta({ description: 'How long an exemption may last' });

export const newOrganisationBody = z
  .strictObject({ name, title: label })
  .meta({ id: 'NewOrganisation', description: 'The name is for ever: it is not given out a second time' });

export const organisationChangeBody = z
  .strictObject({
    title: label.optional(),
    decision_log: decisionLog.partial().optional(),
    exemption_days: exemptionDays.optional(),
  })
  .meta({ id: 'OrganisationChange', description: 'What is absent stays as it is' });

const issuedToken = z.strictObject({
  id: z.string(),
  token: z.string().meta({ description: 'Shown this once: only its hash is kept' }),
  expires_at: z.string(),
});

export const issuedTokenAnswer = issuedToken.meta({ id: 'IssuedToken' });

const organisation = z.strictObject({
  name: z.string(),
  title: z.string(),
  created_at: z.string(),
  created_by: z.string(),
});

export const newOrganisationAnswer = z
  .strictObject({ ...organisation.shape, admin: issuedToken })
  .meta({ id: 'CreatedOrganisation' });

export const organisationAnswer = z
  .strictObject({
    ...organisation.shape,
    decision_log: decisionLog,
    exemption_days: exemptionDays,
    quotas: z
      .strictObject(
        Object.fromEntries(
          Object.keys(quotas).map(kind => [kind, z.strictObject({ limit: z.int(), used: z.int() })]),
        ),
      )
      .meta({ description: 'By day of UTC' }),
  })
  .meta({ id: 'Organisation' });

export const organisationListAnswer = listOf(organisation, 'OrganisationList');

export const newTokenBody = z
  .strictObject({ label, roles, policies, expires_at: expiry })
  .meta({ id: 'NewToken' });

export const tokenListAnswer = listOf(
  z.strictObject({
    id: z.string(),
    label: z.string(),
    roles,
    policies,
    created_at: z.string(),
    created_by: z.string(),
    expires_at: z.string(),
    last_used_at: z.string().optional().meta({ description: 'To the minute' }),
    revoked_at: z.string().optional(),
  }),
  'TokenList',
);

const glob = z.string().min(1).max(1_024);

/** A record would drop a claim of the name `__proto__`, and with it a condition. */
const claims = z
  .custom<Readonly<Record<string, string | readonly string[]>>>(
    value => typeof value === 'object' && value !== null && !Array.isArray(value),
    'expected an object of conditions by the names of claims',
  )
  .superRefine((value, context) => {
    if (Object.keys(value).length > 20)
      context.addIssue({ code: 'custom', message: 'more than 20 conditions' });
    for (const [claim, globs] of Object.entries(value)) {
      if (z.union([glob, z.array(glob).min(1).max(50)]).safeParse(globs).success) continue;
      context.addIssue({ code: 'custom', path: [claim], message: 'expected a glob or a list of globs' });
    }
  })
  .meta({
    type: 'object',
    additionalProperties: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
    description:
      'Globs by claim, all of which must fit: `*` stops at a `/`, `**` does not, `?` is one character',
    examples: [{ repository: 'acme/*', ref: 'refs/heads/main' }],
  });

export const newTrustRuleBody = z
  .strictObject({
    label,
    issuer: z
      .string()
      .max(500)
      .meta({
        description: '`github`, `gitlab`, or the `iss` of any other issuer, a URL of https',
        examples: ['github'],
      }),
    audience: z.string().min(1).max(500).meta({ description: 'What `aud` must be or hold' }),
    claims,
    roles,
    policies,
  })
  .meta({ id: 'NewTrustRule', description: 'Which identities of CI are let in' });

const trustRule = z.strictObject({
  id: z.string(),
  label: z.string(),
  issuer: z.string(),
  audience: z.string(),
  claims: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  roles,
  policies,
  created_at: z.string(),
  created_by: z.string(),
  revoked_at: z.string().optional(),
});

export const trustRuleAnswer = trustRule.meta({ id: 'TrustRule' });
export const trustRuleListAnswer = listOf(trustRule, 'TrustRuleList');

const secret = z.string().min(1).max(100_000);

export const registryBody = z
  .union([
    z.strictObject({ username: z.string().min(1).max(1_000), password: secret }),
    z.strictObject({ identitytoken: secret }),
    z.strictObject({ auths: z.custom<object>(value => typeof value === 'object' && value !== null) }),
  ])
  .meta({
    id: 'RegistryCredentials',
    description: 'Or the content of a `dockerconfigjson` with this registry alone',
  });

export type RegistryBody = z.infer<typeof registryBody>;

export const registryListAnswer = listOf(
  z.strictObject({ host: z.string(), updated_at: z.string(), updated_by: z.string() }),
  'RegistryList',
);

export const auditListAnswer = listOf(
  z.strictObject({
    id: z.string(),
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    target: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
  'AuditList',
);

/** A part of a list, and where the next begins. */
export function listOf<T extends z.ZodType>(item: T, id: string) {
  return z.strictObject({ items: z.array(item), next: z.string().optional() }).meta({ id });
}
