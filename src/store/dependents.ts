import { sql } from 'drizzle-orm';
import type { PolicyReference } from '../bundles/index.ts';
import type { ChannelKey } from './channels.ts';
import type { Database } from './database.ts';
import { channels } from './schema.ts';

/**
 * The channels of the organisation's own policies that stand, through any number of layers, on a channel of one of
 * them: at most so many.
 */
export async function findDependents(
  database: Database,
  { org, policy, channel }: ChannelKey,
  limit: number,
): Promise<readonly Required<PolicyReference>[]> {
  const rows = await database.select({ name: sql<string>`policy`, channel: sql<string>`name` }).from(
    sql`(
        WITH RECURSIVE above(policy, number) AS (
          SELECT policy, number FROM bases WHERE org = ${org} AND base_org = ${org}
            AND base_policy = ${policy} AND selector = 'channel' AND selected = ${channel}
          UNION
          SELECT bases.policy, bases.number FROM above
          JOIN ${channels} ON channels.org = ${org} AND channels.policy = above.policy
            AND channels.number = above.number
          JOIN bases ON bases.org = ${org} AND bases.base_org = ${org} AND bases.base_policy = above.policy
            AND bases.selector = 'channel' AND bases.selected = channels.name
        )
        SELECT channels.policy, channels.name FROM above
        JOIN ${channels} ON channels.org = ${org} AND channels.policy = above.policy
          AND channels.number = above.number
        ORDER BY channels.policy, channels.name LIMIT ${limit}
      ) AS dependents`,
  );
  return rows.map(row => ({ org, name: row.name, selector: { kind: 'channel', value: row.channel } }));
}
