import type { Module, Rule } from '../../../grammar/index.ts';

/** A rule with the module whose imports it speaks of. */
export interface RuleSource {
  readonly rule: Rule;
  readonly module: Module;
}

/** The rules that the author wrote, of all packages, by their paths below `data`. */
export class ProgramRules {
  private readonly byPath = new Map<string, RuleSource[]>();
  /** The paths at or below which some package lies. */
  private readonly above = new Set<string>();

  constructor(modules: readonly Module[]) {
    for (const module of modules) {
      const { path } = module.package;
      for (let length = 0; length <= path.length; length++) this.above.add(keyOf(path.slice(0, length)));
      for (const rule of module.items) if (rule.kind === 'rule') this.add(rule, module);
    }
  }

  /** The rules of one name that a path leads to, or into; none where it leads to data alone. */
  at(path: readonly string[]): readonly RuleSource[] {
    for (let length = path.length; length > 0; length--) {
      const rules = this.byPath.get(keyOf(path.slice(0, length)));
      if (rules !== undefined) return rules;
    }
    return [];
  }

  /** Whether a package lies at the path or below. */
  isAbovePackage(path: readonly string[]): boolean {
    return this.above.has(keyOf(path));
  }

  private add(rule: Rule, module: Module): void {
    const key = keyOf([...module.package.path, rule.head.ref.name.text]);
    const same = this.byPath.get(key);
    if (same === undefined) this.byPath.set(key, [{ rule, module }]);
    else same.push({ rule, module });
  }
}

/** The path below `data` that a name begins in a module: an import, `data` itself, else a rule of its package. */
export function pathOfName(name: string, module: Module): readonly string[] | undefined {
  if (name === 'data') return [];
  const imported = importOf(name, module);
  if (imported === undefined) return [...module.package.path, name];
  return imported[0] === 'data' ? imported.slice(1) : undefined;
}

/** What an import of that name stands for: `data`, `input` or a path below one of them. */
export function importOf(name: string, module: Module): readonly string[] | undefined {
  return module.imports.find(({ path, alias }) => (alias?.text ?? path.at(-1)) === name)?.path;
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}
