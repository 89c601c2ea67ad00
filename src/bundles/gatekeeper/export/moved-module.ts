import { type Import, type Module, parseModule, type Span, type Var } from '../../../../grammar/index.ts';
import { printModule } from '../../../language/index.ts';

/** Where all of `data` stands in a template, which may name nothing outside of `data.lib`. */
export const root = ['lib', 'policy', 'root'] as const;

/**
 * A module of Rego v1 as text, its package and whatever it names of `data` moved below the root. It names that by an
 * import: Gatekeeper moves libraries once more, and then follows imports everywhere, but `data` not inside of terms.
 */
export function movedModule(text: string): string {
  const { module } = parseModule(text, { version: 'v1', dialect: 'rego' });
  if (module === undefined) throw new Error('what is exported is no Rego');
  const { package: own, imports, items } = module;
  const alias = freeName(text);
  const moved = {
    ...module,
    package: { ...own, path: [...root, ...own.path] },
    imports: [rootImport(own.span, alias), ...imports.filter(isNeeded).map(withMovedPath)],
    items: withMovedData(items, alias) as Module['items'],
  };
  return withSpaces(printModule(moved, text));
}

/** A name that stands nowhere in a text. */
function freeName(text: string): string {
  let name = 'root';
  while (text.includes(name)) name = `_${name}`;
  return name;
}

function rootImport(span: Span, alias: string): Import {
  const name = { kind: 'name', span, text: alias } as const;
  return { kind: 'import', span, path: ['data', ...root], pathSpan: span, alias: name };
}

/** Gatekeeper knows no `rego.v1`, which says nothing new here; nor does `import data`. */
function isNeeded({ path, alias }: Import): boolean {
  return path[0] !== 'rego' && (path.length > 1 || alias !== undefined);
}

function withMovedPath(node: Import): Import {
  const [first, ...rest] = node.path;
  return first === 'data' ? { ...node, path: [first, ...root, ...rest] } : node;
}

/** A part of a syntax tree, which is plain data throughout, with a variable in place of `data`. */
function withMovedData(node: unknown, alias: string): unknown {
  if (Array.isArray(node)) return node.map(item => withMovedData(item, alias));
  if (typeof node !== 'object' || node === null) return node;
  if (isData(node)) return { ...node, name: alias };
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withMovedData(value, alias)]));
}

function isData(node: object): node is Var {
  const { kind, name } = node as Partial<Var>;
  return kind === 'var' && name === 'data';
}

/** Spaces in place of tabs, for YAML shows no text with tabs as lines; where a text of several lines may hold them, it stays. */
function withSpaces(text: string): string {
  const hasLongText = text.split('\n').some(line => line.split('`').length % 2 === 0);
  return hasLongText ? text : text.replace(/^\t+/gmu, tabs => '  '.repeat(tabs.length));
}
