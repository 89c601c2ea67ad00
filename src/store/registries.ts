import { and, eq, ne } from 'drizzle-orm';
import { auditRow } from './audit.ts';
import { unlessFull } from './constraint.ts';
import type { Database } from './database.ts';
import { registries } from './schema.ts';

/** Credentials of a registry, sealed. */
export type StoredRegistry = typeof registries.$inferSelect;

/** Registries of one organisation. */
export const mostRegistries = 50;

export interface RegistryChange {
  readonly org: string;
  readonly host: string;
  readonly actor: string;
}

/** Puts the credentials of a registry in place of what was there; fails at `registries.sealed` where there are too many. */
export async function putRegistry(
  database: Database,
  { org, host, actor, sealed }: RegistryChange & { readonly sealed: string },
  now: number,
): Promise<void> {
  const change = { sealed, updatedAt: now, updatedBy: actor };
  const others = and(eq(registries.org, org), ne(registries.host, host));
  await database.batch([
    database
      .insert(registries)
      .values({
        ...{ org, host, updatedAt: now, updatedBy: actor },
        sealed: unlessFull(sealed, registries, others, mostRegistries),
      })
      .onConflictDoUpdate({ target: [registries.org, registries.host], set: change }),
    auditRow(database, { org, actor, action: 'registry.put', target: host }, now),
  ]);
}

/** The credentials that decisions of an organisation use. */
export function registriesOf(database: Database, org: string) {
  return database.select().from(registries).where(eq(registries.org, org)).orderBy(registries.host);
}

/** Whether there were credentials. */
export async function deleteRegistry(
  database: Database,
  { org, host, actor }: RegistryChange,
  now: number,
): Promise<boolean> {
  const own = and(eq(registries.org, org), eq(registries.host, host));
  const [found] = await database.select({ host: registries.host }).from(registries).where(own);
  if (found === undefined) return false;
  await database.batch([
    database.delete(registries).where(own),
    auditRow(database, { org, actor, action: 'registry.delete', target: host }, now),
  ]);
  return true;
}
