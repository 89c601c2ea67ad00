import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { VersionManifest } from '../bundles/index.ts';
import type { AuditDetails, ClaimConditions, DecisionPolicy, OrganisationSettings, Role } from './records.ts';

/**
 * The tables of D1. `migrations/` makes them, SCHEMA.md explains them, and a test holds the three together.
 * Every row of an organisation has `org` first in its key, so that no query can do without it. Times are
 * milliseconds since 1970; `…_by` is the identity of a principal: `token:ID`, `oidc:ISSUER#SUBJECT`, `operator`.
 */

export const organisations = sqliteTable('organisations', {
  name: text().primaryKey(),
  title: text().notNull(),
  settings: text({ mode: 'json' }).$type<Partial<OrganisationSettings>>().notNull(),
  createdAt: integer('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  /** The name stays taken: whoever still follows its policies must not be led to another's. */
  deletedAt: integer('deleted_at'),
});

export const policies = sqliteTable(
  'policies',
  {
    org: text().notNull(),
    name: text().notNull(),
    visibility: text({ enum: ['private', 'org', 'public'] }).notNull(),
    /** Channels that move only when another identity than the publisher's approves. */
    approvals: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    /** The number of the newest version. */
    latest: integer().notNull(),
    /** Counts every change; the ETag of the policy. */
    revision: integer().notNull(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  table => [primaryKey({ columns: [table.org, table.name] })],
);

export const versions = sqliteTable(
  'versions',
  {
    org: text().notNull(),
    policy: text().notNull(),
    number: integer().notNull(),
    /** `sha256:…` of what was published, tests too. */
    digest: text().notNull(),
    manifest: text({ mode: 'json' }).$type<VersionManifest>().notNull(),
    note: text(),
    publishedAt: integer('published_at').notNull(),
    publishedBy: text('published_by').notNull(),
  },
  table => [
    primaryKey({ columns: [table.org, table.policy, table.number] }),
    uniqueIndex('versions_digest').on(table.org, table.policy, table.digest),
  ],
);

/** What was published, by digest: `[{"path", "text"}]` as JSON. */
export const contents = sqliteTable(
  'contents',
  { org: text().notNull(), digest: text().notNull(), files: text().notNull() },
  table => [primaryKey({ columns: [table.org, table.digest] })],
);

/** The layers below a version, in the order of `extends`. */
export const bases = sqliteTable(
  'bases',
  {
    org: text().notNull(),
    policy: text().notNull(),
    number: integer().notNull(),
    position: integer().notNull(),
    baseOrg: text('base_org').notNull(),
    basePolicy: text('base_policy').notNull(),
    selector: text({ enum: ['channel', 'version', 'digest'] }).notNull(),
    selected: text().notNull(),
  },
  table => [primaryKey({ columns: [table.org, table.policy, table.number, table.position] })],
);

export const channels = sqliteTable(
  'channels',
  {
    org: text().notNull(),
    policy: text().notNull(),
    name: text().notNull(),
    number: integer().notNull(),
    /** Counts the moves; the ETag of the channel. */
    revision: integer().notNull(),
    movedAt: integer('moved_at').notNull(),
    movedBy: text('moved_by').notNull(),
  },
  table => [primaryKey({ columns: [table.org, table.policy, table.name] })],
);

/** The history of channels, with moves that wait for an approval. */
export const moves = sqliteTable(
  'moves',
  {
    org: text().notNull(),
    id: text().notNull(),
    policy: text().notNull(),
    channel: text().notNull(),
    fromNumber: integer('from_number'),
    toNumber: integer('to_number').notNull(),
    state: text({ enum: ['done', 'pending', 'rejected'] }).notNull(),
    requestedAt: integer('requested_at').notNull(),
    requestedBy: text('requested_by').notNull(),
    decidedAt: integer('decided_at'),
    decidedBy: text('decided_by'),
    note: text(),
  },
  table => [
    primaryKey({ columns: [table.org, table.id] }),
    index('moves_channel').on(table.org, table.policy, table.channel),
  ],
);

/** Public policies of others that an organisation follows. */
export const subscriptions = sqliteTable(
  'subscriptions',
  {
    org: text().notNull(),
    baseOrg: text('base_org').notNull(),
    basePolicy: text('base_policy').notNull(),
    selector: text({ enum: ['channel', 'version', 'digest'] }).notNull(),
    selected: text().notNull(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  table => [primaryKey({ columns: [table.org, table.baseOrg, table.basePolicy] })],
);

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

export const exemptions = sqliteTable(
  'exemptions',
  {
    org: text().notNull(),
    id: text().notNull(),
    /** The policy in whose decisions it counts, as callers name it: `acme/production`. */
    policy: text().notNull(),
    owner: text().notNull(),
    reason: text().notNull(),
    ticket: text(),
    /** Patterns of images; those of digests begin with `sha256:`. */
    images: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    /** Full names: `acme.production.deny_tag`. */
    rules: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    /** Globs of namespaces; every place where null. */
    namespaces: text({ mode: 'json' }).$type<readonly string[]>(),
    /** Whether it lifts also what a rule could not decide. */
    indeterminate: integer({ mode: 'boolean' }).notNull(),
    startsAt: integer('starts_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    revokedAt: integer('revoked_at'),
    revokedBy: text('revoked_by'),
    /** When a decision last needed it, to the minute. */
    lastUsedAt: integer('last_used_at'),
  },
  table => [
    primaryKey({ columns: [table.org, table.id] }),
    index('exemptions_policy').on(table.org, table.policy),
  ],
);

/**
 * Signatures, attestations and reports, stored ahead for an image; verified when used. A document that is
 * larger than a row may be stands in several.
 */
export const evidence = sqliteTable(
  'evidence',
  {
    org: text().notNull(),
    /** Of the image. */
    subject: text().notNull(),
    /** Of the document itself. */
    digest: text().notNull(),
    /** From 0. */
    part: integer().notNull(),
    type: text().notNull(),
    /** Of this part. */
    bytes: integer().notNull(),
    storedAt: integer('stored_at').notNull(),
    storedBy: text('stored_by').notNull(),
    /** This part of the document. The last column, so that the others are read without it. */
    text: text().notNull(),
  },
  table => [
    primaryKey({ columns: [table.org, table.subject, table.digest, table.part] }),
    index('evidence_bytes').on(table.org, table.bytes),
  ],
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

export const decisions = sqliteTable(
  'decisions',
  {
    org: text().notNull(),
    /** A ULID: the order of ids is that of time. */
    id: text().notNull(),
    at: integer().notNull(),
    /** evaluate, batch, gatekeeper, admission, data. */
    door: text().notNull(),
    requester: text().notNull(),
    decision: text({ enum: ['allow', 'deny', 'indeterminate'] }).notNull(),
    policies: text({ mode: 'json' }).$type<readonly DecisionPolicy[]>().notNull(),
    inputDigest: text('input_digest').notNull(),
    /** How many parts the body has; where some are still on their way, the decision is not there yet. */
    parts: integer().notNull(),
    expiresAt: integer('expires_at').notNull(),
    /** The first part of the body: verdict, evidence and input as JSON, masked. */
    body: text().notNull(),
  },
  table => [
    primaryKey({ columns: [table.org, table.id] }),
    index('decisions_decision').on(table.org, table.decision, table.id),
    index('decisions_expiry').on(table.expiresAt),
  ],
);

/** The other parts of bodies that are larger than a message of the queue. */
export const decisionParts = sqliteTable(
  'decision_parts',
  {
    org: text().notNull(),
    decision: text().notNull(),
    /** From 1. */
    part: integer().notNull(),
    expiresAt: integer('expires_at').notNull(),
    text: text().notNull(),
  },
  table => [
    primaryKey({ columns: [table.org, table.decision, table.part] }),
    index('decision_parts_expiry').on(table.expiresAt),
  ],
);

/** What decisions are found by: `kind` is image (name, repository or digest) or policy (`acme/production`). */
export const decisionTerms = sqliteTable(
  'decision_terms',
  {
    org: text().notNull(),
    kind: text({ enum: ['image', 'policy'] }).notNull(),
    term: text().notNull(),
    decision: text().notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.org, table.kind, table.term, table.decision] }),
    index('decision_terms_expiry').on(table.expiresAt),
  ],
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
