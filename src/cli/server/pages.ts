import type { Server } from './server.ts';

/** Entries that are asked for at a time. */
const LIMIT = '200';

/** All entries of a list that a service gives page by page, up to `most`. */
export async function everyPage<T>(
  server: Server,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly T[]> {
  const items: T[] = [];
  for (let after: string | undefined; ; ) {
    const limit = most < Number(LIMIT) ? String(most) : LIMIT;
    const page = await server.read<{ readonly items: readonly T[]; readonly next?: string }>(path, {
      query: { ...query, limit, after },
    });
    items.push(...page.items);
    after = page.next;
    if (after === undefined || items.length >= most) return items.slice(0, most);
  }
}
