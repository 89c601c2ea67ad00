import type { Module } from '../../../grammar/index.ts';

/**
 * What stands in place of the `$` of generated names, which no text can hold: underlines, more of them than any name of
 * the texts begins with.
 */
export function namePrefix(texts: readonly string[]): string {
  for (let prefix = '_'; ; prefix += '_') {
    const taken = new RegExp(`(?<!\\w)${prefix}[A-Za-z]`, 'u');
    if (!texts.some(text => taken.test(text))) return prefix;
  }
}

/** The module with that in place of the `$` of each generated name. */
export function withPlainNames<M extends Pick<Module, 'items'>>(module: M, prefix: string): M {
  return { ...module, items: rename(module.items) as M['items'] };

  function rename(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(rename);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, isName(node, key) ? plain(value) : rename(value)]),
    );
  }

  function plain(name: unknown): unknown {
    return typeof name === 'string' && name.startsWith('$') ? prefix + name.slice(1) : name;
  }
}

function isName(node: object, key: string): boolean {
  if (!('kind' in node)) return false;
  return (node.kind === 'var' && key === 'name') || (node.kind === 'name' && key === 'text');
}
