import type { D1Database } from '@cloudflare/workers-types';
import type { PolicySource } from '../bundles/index.ts';
import { stringify } from '../values/index.ts';

/**
 * Puts a version of a policy on record under its digest, so that the digest in a verdict can be led back
 * to the text that decided. The same version again changes nothing.
 */
export async function recordVersion(database: D1Database, source: PolicySource, now: number): Promise<void> {
  const files = source.files.map(file => ({ path: file.source.path, text: file.source.text }));
  await database
    .prepare(
      'INSERT OR IGNORE INTO policy_versions (digest, name, files, data, published_at) VALUES (?, ?, ?, ?, ?)',
    )
    .bind(
      source.digest,
      source.name,
      JSON.stringify(files),
      stringify(source.data),
      new Date(now).toISOString(),
    )
    .run();
}
