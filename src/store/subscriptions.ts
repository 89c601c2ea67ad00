import { and, asc, eq, gt, isNull, ne, or } from 'drizzle-orm';
import type { PolicyReference, Selector } from '../bundles/index.ts';
import { auditRow } from './audit.ts';
import type { Database } from './database.ts';
import { isAmong, type SeenPolicies } from './policies.ts';
import { organisations, policies, subscriptions, versions } from './schema.ts';

export type StoredSubscription = typeof subscriptions.$inferSelect;

export interface NewSubscription {
  readonly org: string;
  /** The policy that is followed, with what a reference without a selector stands for. */
  readonly to: Required<PolicyReference>;
  readonly actor: string;
}

/** Follows a policy of another organisation, which must be there and public; once more changes the selector. */
export async function subscribe(
  database: Database,
  { org, to, actor }: NewSubscription,
  now: number,
): Promise<StoredSubscription> {
  const { org: baseOrg, name: basePolicy, selector } = to;
  const chosen = { selector: selector.kind, selected: selector.value, createdAt: now, createdBy: actor };
  const details = { selector: selector.value };
  const target = `${baseOrg}/${basePolicy}`;
  const [[row]] = await database.batch([
    database
      .insert(subscriptions)
      .values({ org, baseOrg, basePolicy, ...chosen })
      .onConflictDoUpdate({
        target: [subscriptions.org, subscriptions.baseOrg, subscriptions.basePolicy],
        set: chosen,
      })
      .returning(),
    auditRow(database, { org, actor, action: 'subscription.put', target, details }, now),
  ]);
  return row!;
}

/** Whether there was such a subscription. */
export async function unsubscribe(
  database: Database,
  { org, to, actor }: { readonly org: string; readonly to: PolicyReference; readonly actor: string },
  now: number,
): Promise<boolean> {
  const own = and(
    eq(subscriptions.org, org),
    eq(subscriptions.baseOrg, to.org),
    eq(subscriptions.basePolicy, to.name),
  );
  const found = await database.select({ org: subscriptions.org }).from(subscriptions).where(own);
  if (found.length === 0) return false;
  const target = `${to.org}/${to.name}`;
  await database.batch([
    database.delete(subscriptions).where(own),
    auditRow(database, { org, actor, action: 'subscription.delete', target }, now),
  ]);
  return true;
}

export function listSubscriptions(database: Database, org: string): Promise<readonly StoredSubscription[]> {
  return database
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.org, org))
    .orderBy(asc(subscriptions.baseOrg), asc(subscriptions.basePolicy));
}

/** What an organisation may use under a selector, where one is given: its own, and what it follows. */
export interface CatalogueEntry {
  readonly org: string;
  readonly name: string;
  readonly visibility: 'private' | 'org' | 'public';
  readonly latest: number;
  readonly manifest: (typeof versions.$inferSelect)['manifest'];
  readonly publishedAt: number;
  /** Absent where it is not followed. */
  readonly subscription?: Selector;
}

const isLatest = and(
  eq(versions.org, policies.org),
  eq(versions.policy, policies.name),
  eq(versions.number, policies.latest),
);

const isFollowed = and(eq(subscriptions.baseOrg, policies.org), eq(subscriptions.basePolicy, policies.name));

function isListed(org: string, closed: SeenPolicies['closed']) {
  const isSeen = or(ne(policies.visibility, 'private'), isAmong(policies.name, closed));
  return or(eq(policies.visibility, 'public'), and(eq(policies.org, org), isSeen));
}

function comesAfter({ org, name }: NonNullable<CataloguePage['after']>) {
  return or(gt(policies.org, org), and(eq(policies.org, org), gt(policies.name, name)));
}

/** Where a page of the catalogue begins: after this policy. */
export interface CataloguePage {
  readonly limit: number;
  readonly after?: { readonly org: string; readonly name: string };
}

/**
 * The policies of an organisation, private ones only of the names given, and the public ones of all others, by
 * organisation and name.
 */
export async function listCatalogue(
  database: Database,
  org: string,
  closed: SeenPolicies['closed'],
  { limit, after }: CataloguePage,
): Promise<readonly CatalogueEntry[]> {
  const rows = await database
    .select({
      org: policies.org,
      name: policies.name,
      visibility: policies.visibility,
      latest: policies.latest,
      manifest: versions.manifest,
      publishedAt: versions.publishedAt,
      kind: subscriptions.selector,
      value: subscriptions.selected,
    })
    .from(policies)
    .innerJoin(organisations, and(eq(organisations.name, policies.org), isNull(organisations.deletedAt)))
    .innerJoin(versions, isLatest)
    .leftJoin(subscriptions, and(eq(subscriptions.org, org), isFollowed))
    .where(and(isListed(org, closed), after && comesAfter(after)))
    .orderBy(asc(policies.org), asc(policies.name))
    .limit(limit);
  return rows.map(({ kind, value, ...entry }) => ({
    ...entry,
    ...(kind !== null && value !== null && { subscription: { kind, value } }),
  }));
}
