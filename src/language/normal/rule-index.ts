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
  private readonly functionNames = new Map<string, string[]>();
  private readonly paths = new Set<string>();

  constructor(modules: readonly Module[]) {
    for (const module of modules) {
      const key = pathKey(module.package.path);
      const names = this.names.get(key) ?? new Set<string>();
      this.names.set(key, names);
      for (const item of module.items) {
        if (item.kind !== 'rule') continue;
        names.add(item.head.ref.name.text);
        this.add([...module.package.path, ...constantPath(item.head)], item.head.args?.length || undefined);
      }
    }
  }

  private add(path: readonly string[], arity: number | undefined): void {
    const key = pathKey(path);
    this.paths.add(key);
    if (arity === undefined) return;
    if (!this.functions.has(key)) {
      const parent = pathKey(path.slice(0, -1));
      const siblings = this.functionNames.get(parent) ?? [];
      siblings.push(path.at(-1)!);
      this.functionNames.set(parent, siblings);
      this.functions.set(key, arity);
    }
  }

  namesIn(packagePath: readonly string[]): ReadonlySet<string> {
    return this.names.get(pathKey(packagePath)) ?? new Set();
  }

  /** The number of arguments of the function at a path (without `data`); undefined where there is none. */
  arityOf(path: readonly string[]): number | undefined {
    return this.functions.get(pathKey(path));
  }

  /** The names of the functions right below a path. */
  functionsIn(path: readonly string[]): readonly string[] {
    return this.functionNames.get(pathKey(path)) ?? [];
  }

  /** Whether there is a package of a path. */
  hasPackage(path: readonly string[]): boolean {
    return this.names.has(pathKey(path));
  }

  /** Whether a rule stands at a path. */
  hasRule(path: readonly string[]): boolean {
    return this.paths.has(pathKey(path));
  }
}
