import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AuditDetails, ClaimConditions, OrganisationSettings, Role } from '../records.ts';

/** Organisations, and who may do what in them. */

export const organisations = sqliteTable('organisations', {
  name: text().primaryKey(),
  title: text().notNull(),
  settings: text({ mode: 'json' }).$type<Partial<OrganisationSettings>>().notNull(),
  createdAt: integer('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  /** The name stays taken: whoever still follows its policies must not be led to another's. */
  deletedAt: integer('deleted_at'),
});

/** API tokens: `hash` is SHA-256 of the secret part, in hex; the secret itself is nowhere. */
export const tokens = sqliteTable(
  'tokens',
  {
    id: text().primaryKey(),
    org: text().notNull(),
    hash: text().notNull(),
    label: text().notNull(),
    roles: text({ mode: 'json' }).$type<readonly Role[]>().notNull(),
    /** Names of the policies it is for; all where null. */
    policies: text({ mode: 'json' }).$type<readonly string[]>(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    expiresAt: integer('expires_at').notNull(),
    lastUsedAt: integer('last_used_at'),
    revokedAt: integer('revoked_at'),
  },
  table => [index('tokens_org').on(table.org)],
);

/** Identities of CI that are let in: an issuer, its audience, and what the claims must be. */
export const trustRules = sqliteTable(
  'trust_rules',
  {
    org: text().notNull(),
    id: text().notNull(),
    label: text().notNull(),
    issuer: text().notNull(),
    audience: text().notNull(),
    claims: text({ mode: 'json' }).$type<ClaimConditions>().notNull(),
    roles: text({ mode: 'json' }).$type<readonly Role[]>().notNull(),
    policies: text({ mode: 'json' }).$type<readonly string[]>(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    revokedAt: integer('revoked_at'),
  },
  table => [primaryKey({ columns: [table.org, table.id] })],
);

/** Credentials of registries, sealed; never read back. */
export const registries = sqliteTable(
  'registries',
  {
    org: text().notNull(),
    host: text().notNull(),
    sealed: text().notNull(),
    updatedAt: integer('updated_at').notNull(),
    updatedBy: text('updated_by').notNull(),
  },
  table => [primaryKey({ columns: [table.org, table.host] })],
);

/** Keys that sign bundles; the private part is sealed. */
export const signingKeys = sqliteTable(
  'signing_keys',
  {
    org: text().notNull(),
    id: text().notNull(),
    algorithm: text().notNull(),
    publicKey: text('public_key').notNull(),
    sealed: text().notNull(),
    createdAt: integer('created_at').notNull(),
    retiredAt: integer('retired_at'),
  },
  table => [primaryKey({ columns: [table.org, table.id] })],
);

/** Every change, in the same transaction as the change. */
export const audit = sqliteTable(
  'audit',
  {
    org: text().notNull(),
    /** A ULID. */
    id: text().notNull(),
    at: integer().notNull(),
    actor: text().notNull(),
    /** `policy.publish`, `channel.move`, `token.create` … */
    action: text().notNull(),
    target: text().notNull(),
    details: text({ mode: 'json' }).$type<AuditDetails>().notNull(),
  },
  table => [primaryKey({ columns: [table.org, table.id] })],
);

/** What an organisation has used up of its quotas, by UTC day (`2026-12-01`). */
export const usage = sqliteTable(
  'usage',
  {
    org: text().notNull(),
    kind: text().notNull(),
    day: text().notNull(),
    count: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.org, table.kind, table.day] })],
);
