import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { VersionManifest } from '../../bundles/index.ts';

/** What organisations publish and share. */

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
