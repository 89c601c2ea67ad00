import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { auditRow } from './audit.ts';
import type { Database } from './database.ts';
import type { OrganisationSettings } from './records.ts';
import * as schema from './schema.ts';
import { type IssuedToken, tokenRows } from './tokens.ts';

const { organisations } = schema;

export interface Organisation {
  readonly name: string;
  readonly title: string;
  readonly settings: OrganisationSettings;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly createdBy: string;
}

export interface NewOrganisation {
  readonly name: string;
  readonly title: string;
  readonly createdBy: string;
  /** When the first token ends: milliseconds since 1970. */
  readonly tokenExpiresAt: number;
}

/** What holds where an organisation has said nothing. */
export const defaultSettings: OrganisationSettings = {
  logInput: 'input',
  maskedFields: [],
  retentionDays: 90,
  exemptionDays: 365,
};

/** Makes an organisation with a token of an admin; fails at `organisations.name` where the name is or was taken. */
export async function createOrganisation(
  database: Database,
  { name, title, createdBy, tokenExpiresAt }: NewOrganisation,
  now: number,
): Promise<IssuedToken> {
  const { rows, issued } = await tokenRows(
    database,
    { org: name, label: 'first admin', roles: ['admin'], expiresAt: tokenExpiresAt, createdBy },
    now,
  );
  await database.batch([
    database.insert(organisations).values({ name, title, settings: {}, createdAt: now, createdBy }),
    ...rows,
    auditRow(database, { org: name, actor: createdBy, action: 'organisation.create', target: name }, now),
  ]);
  return issued;
}

/** The organisation; undefined where there is none, or no more. */
export async function findOrganisation(database: Database, name: string): Promise<Organisation | undefined> {
  const [row] = await database.select().from(organisations).where(live(name));
  return row && toOrganisation(row);
}

/** By name, after the given one. */
export async function listOrganisations(
  database: Database,
  { limit, after = '' }: { readonly limit: number; readonly after?: string },
): Promise<readonly Organisation[]> {
  const rows = await database
    .select()
    .from(organisations)
    .where(and(isNull(organisations.deletedAt), sql`${organisations.name} > ${after}`))
    .orderBy(asc(organisations.name))
    .limit(limit);
  return rows.map(toOrganisation);
}

export interface OrganisationChange {
  readonly org: string;
  readonly actor: string;
  readonly title?: string;
  /** Those that are absent stay as they are. */
  readonly settings?: Partial<OrganisationSettings>;
}

/** The organisation after the change. Changes of different settings at the same time all count. */
export async function changeOrganisation(
  database: Database,
  { org, actor, title, settings = {} }: OrganisationChange,
  now: number,
): Promise<Organisation | undefined> {
  const details = { ...(title !== undefined && { title }), ...settings };
  const [[row]] = await database.batch([
    database
      .update(organisations)
      .set({
        settings: sql`json_patch(${organisations.settings}, ${JSON.stringify(settings)})`,
        ...(title !== undefined && { title }),
      })
      .where(live(org))
      .returning(),
    auditRow(database, { org, actor, action: 'organisation.change', target: org, details }, now),
  ]);
  return row && toOrganisation(row);
}

/**
 * Deletes all that an organisation has but its audit log, and says whether there was one. Its name stays
 * taken.
 */
export async function deleteOrganisation(
  database: Database,
  { name, actor }: { readonly name: string; readonly actor: string },
  now: number,
): Promise<boolean> {
  if ((await findOrganisation(database, name)) === undefined) return false;
  await database.batch([
    database.update(organisations).set({ deletedAt: now, title: '', settings: {} }).where(live(name)),
    auditRow(database, { org: name, actor, action: 'organisation.delete', target: name }, now),
    ...owned.map(table => database.delete(table).where(eq(table.org, name))),
  ]);
  return true;
}

type Table = (typeof schema)[keyof typeof schema];
type Kept = typeof schema.organisations | typeof schema.audit;

/** The tables of what goes with an organisation. */
const owned = Object.values<Table>(schema).filter(
  (table): table is Exclude<Table, Kept> => table !== schema.organisations && table !== schema.audit,
);

function live(name: string) {
  return and(eq(organisations.name, name), isNull(organisations.deletedAt));
}

function toOrganisation(row: typeof organisations.$inferSelect): Organisation {
  const { name, title, settings, createdAt, createdBy } = row;
  return { name, title, settings: { ...defaultSettings, ...settings }, createdAt, createdBy };
}
