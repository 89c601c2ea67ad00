import { and, eq, or } from 'drizzle-orm';
import type { TextFile } from '../bundles/index.ts';
import type { Database } from './database.ts';
import { contents } from './schema.ts';

export interface ContentKey {
  readonly org: string;
  readonly digest: string;
}

/** The files of versions, in the order of the keys: one read. Throws where one of them is not there. */
export async function readContents(
  database: Database,
  keys: readonly ContentKey[],
): Promise<readonly (readonly TextFile[])[]> {
  if (keys.length === 0) return [];
  const rows = await database
    .select()
    .from(contents)
    .where(or(...keys.map(({ org, digest }) => and(eq(contents.org, org), eq(contents.digest, digest)))));
  return keys.map(({ org, digest }) => {
    const row = rows.find(each => each.org === org && each.digest === digest);
    if (row === undefined) throw new Error(`the contents of ${org} ${digest} are missing`);
    return JSON.parse(row.files) as readonly TextFile[];
  });
}

/** The statement that keeps files by their digest; the same files again change nothing. */
export function contentRow(database: Database, { org, digest }: ContentKey, files: readonly TextFile[]) {
  return database
    .insert(contents)
    .values({ org, digest, files: contentText(files) })
    .onConflictDoNothing();
}

/** As they are kept: a row of D1 holds 2 MB at most. */
export function contentText(files: readonly TextFile[]): string {
  return JSON.stringify(files.map(({ path, text }) => ({ path, text })));
}
