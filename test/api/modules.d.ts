declare module 'cloudflare:test' {
  type Database = import('@cloudflare/workers-types').D1Database;
  type Batch<Body> = import('@cloudflare/workers-types').MessageBatch<Body>;
  export function applyD1Migrations(database: Database, migrations: unknown): Promise<void>;
  export function createMessageBatch<Body>(
    queue: string,
    messages: readonly {
      readonly id: string;
      readonly timestamp: Date;
      readonly attempts: number;
      readonly body: Body;
    }[],
  ): Batch<Body>;
  export function createExecutionContext(): object;
  export function getQueueResult(
    batch: Batch<unknown>,
    context: object,
  ): Promise<{
    readonly explicitAcks: readonly string[];
    readonly retryMessages: readonly { readonly msgId: string; readonly delaySeconds?: number }[];
  }>;
}

declare module 'cloudflare:workers' {
  export const env: import('../../src/store/index.ts').Bindings & { readonly MIGRATIONS: unknown };
  export const exports: { readonly default: { fetch(request: Request): Promise<Response> } };
}
