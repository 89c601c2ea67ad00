import type { Call, HeadRef, Module, Span, Term } from '../../../grammar/index.ts';
import { type BuiltinDeclaration, declarations } from '../../builtins/index.ts';

/** A call of a function that this service has and OPA does not. */
export interface HostCall {
  readonly name: string;
  readonly span: Span;
  /** Nothing in OPA can stand for it. */
  readonly isForeign: boolean;
}

/** The functions that `opa/image.rego` stands for. */
export const helperFunctions: ReadonlySet<string> = new Set([
  'image.parse',
  'image.matches',
  'image.matched',
  'image.tag_matches',
  'image.tag_matched',
  'image.tag_excluded',
  'image.tag_excluded_by',
]);

/** The package that these stand in. */
const HELPERS = ['data', 'pratique', 'opa'];

/** The calls of functions of this service in a module, those that `with` replaces included. */
export function hostCalls(module: Pick<Module, 'items' | 'imports'>): readonly HostCall[] {
  const found: HostCall[] = [];
  const hidden = hiddenNames(module);
  visit(module.items, term => {
    const declaration = hostFunction(term, hidden);
    if (declaration === undefined) return;
    const { name } = declaration;
    found.push({ name, span: term.span, isForeign: !helperFunctions.has(name) });
  });
  return found;
}

/** The module with its calls of functions of images led to the helper package. */
export function withHelpers<M extends Pick<Module, 'items' | 'imports'>>(module: M): M {
  const hidden = hiddenNames(module);
  return { ...module, items: map(module.items) as M['items'] };

  function map(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(map);
    if (!isNode(node)) return node;
    const entries = Object.entries(node).map(([key, value]) => {
      const declaration = isFunction(node, key) ? hostFunction(value as Term, hidden) : undefined;
      return [key, declaration === undefined ? map(value) : helper(declaration.name, value as Term)] as const;
    });
    return Object.fromEntries(entries);
  }
}

/** What an import is called hides the functions that begin so, a rule `image.parse` the one function. */
function hiddenNames({ imports, items }: Pick<Module, 'items' | 'imports'>): ReadonlySet<string> {
  const rules = items.flatMap(item => (item.kind === 'rule' ? dotted(item.head.ref) : []));
  return new Set([...imports.map(({ path, alias }) => alias?.text ?? path.at(-1)!), ...rules]);
}

function dotted({ name, path }: HeadRef): string {
  return [name.text, ...path.map(part => (part.kind === 'dot' ? part.name : undefined))].join('.');
}

function helper(name: string, { span }: Term): Term {
  const [head, ...rest] = [...HELPERS, ...name.split('.')];
  return {
    kind: 'ref',
    span,
    head: { kind: 'var', span, name: head! },
    path: rest.map(part => ({ kind: 'dot', span, name: part })),
  };
}

function visit(node: unknown, take: (term: Term) => void): void {
  if (Array.isArray(node)) for (const item of node) visit(item, take);
  if (!isNode(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (isFunction(node, key)) take(value as Term);
    visit(value, take);
  }
}

/** Where the name of a function stands. */
function isFunction(node: Readonly<Record<string, unknown>>, key: string): boolean {
  return (node['kind'] === 'call' && key === 'function') || (node['kind'] === 'with' && key === 'target');
}

function hostFunction(
  term: Call['function'] | Term,
  hidden: ReadonlySet<string>,
): BuiltinDeclaration | undefined {
  if (term.kind !== 'ref' || term.head.kind !== 'var' || hidden.has(term.head.name)) return undefined;
  const parts = term.path.map(part => (part.kind === 'dot' ? part.name : undefined));
  const name = [term.head.name, ...parts].join('.');
  const declaration = hidden.has(name) ? undefined : declarations.get(name);
  return declaration?.host === true ? declaration : undefined;
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
