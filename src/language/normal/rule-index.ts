import type { Head, Module } from '../../../grammar/index.ts';

/** Joins a path to a key; no name holds the separator. */
export function pathKey(path: readonly string[]): string {
  return path.join('\u0000');
}

/** The leading part of a head's reference that is names and constant strings. */
export function constantPath(head: Head): string[] {
  const path = [head.ref.name.text];
  for (const part of head.ref.path) {
    if (part.kind === 'dot') path.push(part.name);
    else if (part.term.kind === 'string') path.push(part.term.value);
    else break;
  }
  return path;
}

/** The names and functions that exist, known before any body is looked at. */
export class RuleIndex {
  private readonly names = new Map<string, Set<string>>();
  private readonly functions = new Map<string, number>();

  constructor(modules: readonly Module[]) {
    for (const module of modules) {
      const key = pathKey(module.package.path);
      const names = this.names.get(key) ?? new Set<string>();
      this.names.set(key, names);
      for (const item of module.items) {
        if (item.kind !== 'rule') continue;
        names.add(item.head.ref.name.text);
        if (item.head.args) {
          this.functions.set(
            pathKey([...module.package.path, ...constantPath(item.head)]),
            item.head.args.length,
          );
        }
      }
    }
  }

  namesIn(packagePath: readonly string[]): ReadonlySet<string> {
    return this.names.get(pathKey(packagePath)) ?? new Set();
  }

  /** The number of arguments of the function at a path (without `data`); undefined where there is none. */
  arityOf(path: readonly string[]): number | undefined {
    return this.functions.get(pathKey(path));
  }
}
