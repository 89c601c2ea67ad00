import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

export interface SourceText {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
}

/** Every source file of `grammar` and `src`. */
export function sourceFiles(): readonly SourceText[] {
  return ['grammar', 'src'].flatMap(root =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'))
      .map(name => posix.join(root, name.replaceAll('\\', '/')))
      .map(path => ({ path, text: readFileSync(path, 'utf8') })),
  );
}

/**
 * What a file imports or re-exports, types included, as paths from the root; a package keeps its name.
 * Statements begin a line here (Biome sees to it), so that a pattern finds them all.
 */
export function importsOf(file: SourceText): readonly string[] {
  return targets(
    file,
    /^(?:import|export)\b(?:[^'";]*?\bfrom)?\s*'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'\s*\)/gmu,
  );
}

/** Of those, the ones that are still there when the program runs. */
function runtimeImportsOf(file: SourceText): readonly string[] {
  return targets(
    file,
    /^(?:import|export)\b(?! type\b)(?:[^'";]*?\bfrom)?\s*'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'\s*\)/gmu,
  );
}

function targets(file: SourceText, statement: RegExp): readonly string[] {
  return [...file.text.matchAll(statement)].map(match => {
    const target = match[1] ?? match[2]!;
    return target.startsWith('.') ? posix.join(posix.dirname(file.path), target) : target;
  });
}

/** Every file that can be reached from some, those included. */
export function reachable(files: readonly SourceText[], from: readonly string[]): ReadonlySet<string> {
  const graph = graphOf(files);
  const reached = new Set<string>();
  const open = [...from];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    open.push(...(graph.get(path) ?? []));
  }
  return reached;
}

/**
 * Each cycle once, as the files on it. Types may refer to one another in a circle, as a recursive data
 * type spread over files must; what runs may not.
 */
export function cycles(files: readonly SourceText[]): readonly string[] {
  const graph = graphOf(files);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start !== -1) found.push([...trail.slice(start), path].join(' -> '));
    if (start !== -1 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

function graphOf(files: readonly SourceText[]): ReadonlyMap<string, readonly string[]> {
  return new Map(files.map(file => [file.path, runtimeImportsOf(file)]));
}
