import type { D1Database, D1PreparedStatement, KVNamespace } from '@cloudflare/workers-types';

/** Replaces the statements of a batch, or throws in its place. */
export type BatchHook = (statements: readonly D1PreparedStatement[]) => readonly D1PreparedStatement[];

const runs = new Set<string | symbol>(['all', 'first', 'raw', 'run']);
const inner = Symbol('the statement itself');

/** D1 as it is, with every access noted: a batch is one, and so is a statement that is run alone. */
export class WatchedDatabase {
  readonly accesses: string[] = [];
  onBatch: BatchHook = statements => statements;
  /** Told how many statements were run; what it throws is thrown though they were. */
  afterBatch: (statements: number) => void = () => undefined;
  readonly binding: D1Database;

  constructor(database: D1Database) {
    this.binding = new Proxy(database, {
      get: (target, name) => {
        if (name === 'prepare') return (text: string) => this.watch(target.prepare(text));
        if (name !== 'batch') return Reflect.get(target, name) as unknown;
        return async (statements: readonly D1PreparedStatement[]) => {
          this.accesses.push('batch');
          const results = await target.batch([...this.onBatch(statements.map(unwatched))]);
          this.afterBatch(statements.length);
          return results;
        };
      },
    });
  }

  private watch(statement: D1PreparedStatement): D1PreparedStatement {
    return new Proxy(statement, {
      get: (target, name) => {
        if (name === inner) return target;
        if (name === 'bind') return (...values: unknown[]) => this.watch(target.bind(...values));
        const member = Reflect.get(target, name) as (...operands: unknown[]) => unknown;
        return (...operands: unknown[]) => {
          if (runs.has(name)) this.accesses.push(String(name));
          return member.apply(target, operands);
        };
      },
    });
  }
}

function unwatched(statement: D1PreparedStatement): D1PreparedStatement {
  return (statement as unknown as Record<symbol, D1PreparedStatement>)[inner] ?? statement;
}

/** KV as it is, with every `get` noted. */
export function watchedNamespace(namespace: KVNamespace, accesses: string[]): KVNamespace {
  return new Proxy(namespace, {
    get: (target, name) => {
      const member = Reflect.get(target, name) as (...operands: unknown[]) => unknown;
      return (...operands: unknown[]) => {
        accesses.push(`kv ${String(name)}`);
        return member.apply(target, operands);
      };
    },
  });
}
