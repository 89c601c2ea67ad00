/**
 * Whether a variable of that name occurs anywhere in the nodes. One that a nested body declares anew
 * counts as well: the caller then only passes an argument that nobody reads.
 */
export function mentions(node: unknown, name: string): boolean {
  if (Array.isArray(node)) return node.some(item => mentions(item, name));
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === 'var') return 'name' in node && node.name === name;
  return Object.values(node).some(value => mentions(value, name));
}
