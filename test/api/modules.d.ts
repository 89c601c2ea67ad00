declare module 'cloudflare:test' {
  type Database = import('@cloudflare/workers-types').D1Database;
  export function applyD1Migrations(database: Database, migrations: unknown): Promise<void>;
}

declare module 'cloudflare:workers' {
  type Database = import('@cloudflare/workers-types').D1Database;
  export const env: { readonly DB: Database; readonly MIGRATIONS: unknown };
  export const exports: { readonly default: { fetch(request: Request): Promise<Response> } };
}
