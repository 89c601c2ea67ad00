import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { DecisionPolicy } from '../records.ts';

/** What organisations exempt, hold as evidence, and have decided. */

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
