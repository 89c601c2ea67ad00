/** The names by which statements speak of what they look at. */
const subjects: readonly unknown[] = ['image', 'scan', 'sbom', 'statement', 'predicate'];

/**
 * The nodes with the variables `image`, `scan` … under generated names: so they do not hide the functions
 * `image.matches`, `scan.report` …, whose names stay, and a body may use both.
 */
export function withGeneratedSubjects<Node>(node: Node): Node {
  return rename(node) as Node;
}

/** Whether a variable of that name occurs anywhere in the nodes. */
export function mentions(node: unknown, name: string): boolean {
  if (Array.isArray(node)) return node.some(item => mentions(item, name));
  if (!isNode(node)) return false;
  if (node['kind'] === 'var') return node['name'] === name;
  return Object.entries(node).some(([key, value]) => !namesFunction(node, key) && mentions(value, name));
}

function rename(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rename);
  if (!isNode(node)) return node;
  if (node['kind'] === 'var')
    return subjects.includes(node['name']) ? { ...node, name: `$${String(node['name'])}` } : node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, namesFunction(node, key) ? value : rename(value)]),
  );
}

function namesFunction(node: Readonly<Record<string, unknown>>, key: string): boolean {
  return (node['kind'] === 'call' && key === 'function') || (node['kind'] === 'with' && key === 'target');
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
