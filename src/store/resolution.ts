import { type SQL, sql } from 'drizzle-orm';
import {
  DEFAULT_CHANNEL,
  type PolicyReference,
  type ResolvedLayer,
  type Selector,
} from '../bundles/index.ts';
import type { Database } from './database.ts';

/** The version that a channel of a policy is to stand for, whatever it points at; each of its channels where absent. */
export interface Pin {
  readonly org: string;
  readonly policy: string;
  readonly channel?: string;
  readonly number: number;
}

/** A reference with what it stands for now; whether the caller may use it is not judged here. */
export interface ResolvedPolicy {
  readonly reference: PolicyReference;
  /** The policy itself first, then its bases by depth; one that is reached twice is listed twice. */
  readonly layers: readonly ResolvedLayer[];
}

/** More rows than any set of policies that may be used can have: 20 policies of 20 layers. */
const MAX_ROWS = 2_000;
/** One more than layers may be deep, so that what is too deep is seen. */
const MAX_DEPTH = 9;

/** The layers of policies as the channels stand now. `caller` gives the organisation that asks. */
export function selectLayers(
  database: Database,
  caller: SQL,
  policies: readonly PolicyReference[],
  pins: readonly Pin[],
) {
  return database
    .select({
      root: sql<number>`root`,
      depth: sql<number>`depth`,
      parentOrg: sql<string | null>`parent_org`,
      parentPolicy: sql<string | null>`parent_policy`,
      org: sql<string>`layer_org`,
      policy: sql<string>`layer_policy`,
      kind: sql<Selector['kind']>`kind`,
      value: sql<string>`value`,
      number: sql<number | null>`version_number`,
      digest: sql<string | null>`version_digest`,
      visibility: sql<NonNullable<ResolvedLayer['visibility']> | null>`layer_visibility`,
      shared: sql<number | null>`shared`,
    })
    .from(sql`(${layersQuery(caller, policies, pins)}) AS resolved`);
}

/** What references stand for, as the organisation sees them. */
export async function resolveReferences(
  database: Database,
  org: string,
  references: readonly PolicyReference[],
  pins: readonly Pin[] = [],
): Promise<readonly ResolvedPolicy[]> {
  return toResolved(references, await selectLayers(database, sql`${org}`, references, pins));
}

type LayerRow = Awaited<ReturnType<typeof selectLayers>>[number];

/** More layers than can be told apart: one that is not seen would deny nothing. */
export class TooManyLayers extends RangeError {
  override readonly name = 'TooManyLayers';
}

/** Throws TooManyLayers. */
export function toResolved(
  policies: readonly PolicyReference[],
  rows: readonly LayerRow[],
): readonly ResolvedPolicy[] {
  if (rows.length >= MAX_ROWS) throw new TooManyLayers('the policies have more layers than can be resolved');
  const byRoot = Map.groupBy(rows, row => row.root);
  return policies.map((reference, index) => ({
    reference,
    layers: (byRoot.get(index) ?? []).map(toLayer),
  }));
}

function toLayer(row: LayerRow): ResolvedLayer {
  const { org, policy, kind, value, depth, parentOrg, parentPolicy, number, digest, visibility } = row;
  return {
    org,
    policy,
    selector: { kind, value },
    depth,
    ...(parentOrg !== null && parentPolicy !== null && { parent: { org: parentOrg, policy: parentPolicy } }),
    ...(visibility !== null && { visibility }),
    ...(number !== null && digest !== null && { version: { number, digest } }),
    shared: row.shared === 1,
  };
}

function layersQuery(caller: SQL, policies: readonly PolicyReference[], pins: readonly Pin[]): SQL {
  return sql`
    WITH RECURSIVE
    caller(org) AS (SELECT ${caller}),
    ${questionTables(policies, pins)},
    layer(root, depth, position, user_org, parent_org, parent_policy, org, policy, kind, value, number) AS (
      SELECT root, 0, 0, (SELECT org FROM caller), NULL, NULL, org, policy, kind, value,
        ${numberOf(sql`chosen.org`, sql`chosen.policy`, sql`chosen.kind`, sql`chosen.value`)}
      FROM chosen
      UNION
      SELECT root, depth + 1, bases.position, layer.org, layer.org, layer.policy, base_org, base_policy,
        selector, selected,
        ${numberOf(sql`bases.base_org`, sql`bases.base_policy`, sql`bases.selector`, sql`bases.selected`)}
      FROM layer JOIN bases ON bases.org = layer.org AND bases.policy = layer.policy
        AND bases.number = layer.number
      WHERE depth < ${MAX_DEPTH}
      LIMIT ${MAX_ROWS}
    )
    SELECT root, depth, parent_org, parent_policy, layer.org AS layer_org, layer.policy AS layer_policy, kind,
      value, versions.number AS version_number, versions.digest AS version_digest,
      policies.visibility AS layer_visibility,
      layer.org = user_org OR (policies.visibility = 'public' AND EXISTS (
        SELECT 1 FROM subscriptions
        WHERE subscriptions.org = user_org AND base_org = layer.org AND base_policy = layer.policy
      )) AS shared
    FROM layer
    LEFT JOIN policies ON policies.org = layer.org AND policies.name = layer.policy
    LEFT JOIN versions ON versions.org = layer.org AND versions.policy = layer.policy
      AND versions.number = layer.number
    ORDER BY root, depth, parent_org, parent_policy, position`;
}

/** What is asked for, each with a selector, and what channels are to stand for. */
function questionTables(policies: readonly PolicyReference[], pins: readonly Pin[]): SQL {
  const asked = policies.map(({ org, name, selector }) => [org, name, selector?.kind, selector?.value]);
  const pinned = pins.map(({ org, policy, number, channel }) => [org, policy, number, channel]);
  return sql`
    pin(org, policy, number, channel) AS (
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${JSON.stringify(pinned)})
    ),
    asked(root, org, policy, kind, value) AS (
      SELECT key, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${JSON.stringify(asked)})
    ),
    chosen(root, org, policy, kind, value) AS (
      SELECT root, asked.org, policy, COALESCE(kind, selector, 'channel'),
        CASE WHEN kind IS NULL THEN COALESCE(selected, ${DEFAULT_CHANNEL}) ELSE value END
      FROM asked LEFT JOIN subscriptions ON subscriptions.org = (SELECT org FROM caller)
        AND base_org = asked.org AND base_policy = policy
    )`;
}

/** The number of the version that a selector stands for. */
function numberOf(org: SQL, policy: SQL, kind: SQL, value: SQL): SQL {
  return sql`CASE ${kind}
    WHEN 'version' THEN CAST(${value} AS INTEGER)
    WHEN 'digest' THEN (SELECT v.number FROM versions v
      WHERE v.org = ${org} AND v.policy = ${policy} AND v.digest = ${value})
    ELSE COALESCE(
      (SELECT p.number FROM pin p WHERE p.org = ${org} AND p.policy = ${policy}
        AND COALESCE(p.channel, ${value}) = ${value}),
      (SELECT c.number FROM channels c WHERE c.org = ${org} AND c.policy = ${policy} AND c.name = ${value}))
    END`;
}
