import { and, eq, sql } from 'drizzle-orm';
import { type PolicyReference, usableLayers } from '../bundles/index.ts';
import type { Database } from './database.ts';
import { type ResolvedPolicy, selectLayers, toResolved } from './resolution.ts';
import { channels, policies, versions } from './schema.ts';

/** The rules that exemptions may name. */
export interface ExemptibleRules {
  /** Full names, those of the layers below too. */
  readonly rules: ReadonlySet<string>;
  /** Of these, those that no exemption lifts. */
  readonly locked: ReadonlySet<string>;
}

/**
 * The rules of a policy in its newest version and in those that its channels stand for. Undefined where there is
 * no such policy, or the caller's organisation may not use it.
 */
export async function exemptibleRules(
  database: Database,
  caller: string,
  { org, name }: PolicyReference,
): Promise<ExemptibleRules | undefined> {
  const references = await selectableVersions(database, { org, name });
  const rows = await selectLayers(database, sql`${caller}`, references, []);
  const usable = toResolved(references, rows).filter(isUsable);
  if (usable.length === 0) return undefined;
  const manifests = await selectManifests(database, usable);
  return {
    rules: new Set(manifests.flatMap(({ rules }) => rules.map(rule => rule.name))),
    locked: new Set(manifests.flatMap(({ locked }) => locked)),
  };
}

async function selectableVersions(
  database: Database,
  { org, name }: PolicyReference,
): Promise<readonly PolicyReference[]> {
  const [newest, moved] = await database.batch([
    database
      .select({ number: policies.latest })
      .from(policies)
      .where(and(eq(policies.org, org), eq(policies.name, name))),
    database
      .selectDistinct({ number: channels.number })
      .from(channels)
      .where(and(eq(channels.org, org), eq(channels.policy, name))),
  ]);
  const numbers = new Set([...newest, ...moved].map(({ number }) => number));
  return [...numbers].map(number => ({ org, name, selector: { kind: 'version', value: String(number) } }));
}

function isUsable({ layers }: ResolvedPolicy): boolean {
  return layers[0]?.version !== undefined && layers[0].shared;
}

async function selectManifests(database: Database, resolved: readonly ResolvedPolicy[]) {
  const wanted = resolved.flatMap(({ layers }) =>
    usableLayers(layers).map(({ org, policy, version }) => [org, policy, version!.number]),
  );
  const rows = await database
    .select({ manifest: versions.manifest })
    .from(versions)
    .where(
      sql`(${versions.org}, ${versions.policy}, ${versions.number}) IN
        (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${JSON.stringify(wanted)}))`,
    );
  return rows.map(({ manifest }) => manifest);
}
