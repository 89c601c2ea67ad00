import type { Rule } from '../../../grammar/index.ts';
import type { Diagnostic } from '../../base/index.ts';
import { declarations } from '../../builtins/declarations.ts';
import { type ModuleSource, problem } from './names.ts';

/** First parts of the names of all built-in functions: `count`, `image`. */
const builtins: ReadonlySet<string> = new Set([...declarations.keys()].map(name => name.split('.')[0]!));

/** Reports names of a package that hide a built-in function from the rules that its statements became. */
export function reportHiddenFunctions(
  modules: readonly ModuleSource[],
  generated: readonly Rule[],
  diagnostics: Diagnostic[],
): void {
  const called = new Set<string>();
  collectCalled(generated, called);
  const isHidden = (name: string) => called.has(name) && builtins.has(name);
  for (const { module, source } of modules) {
    for (const node of module.imports) {
      const name = node.alias?.text ?? node.path.at(-1)!;
      if (isHidden(name))
        diagnostics.push(problem(source, node.span, hidden(name), 'import it as another name'));
    }
    for (const item of module.items) {
      if (item.kind !== 'rule') continue;
      const { text, span } = item.head.ref.name;
      if (isHidden(text)) diagnostics.push(problem(source, span, hidden(text), 'rename the rule'));
    }
  }
}

/** The first parts of the names of all functions that are called anywhere in the nodes. */
function collectCalled(node: unknown, called: Set<string>): void {
  if (Array.isArray(node)) for (const item of node) collectCalled(item, called);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  if ('kind' in node && node.kind === 'call' && 'function' in node) called.add(firstName(node.function));
  for (const value of Object.values(node)) collectCalled(value, called);
}

function firstName(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  if ('head' in node) return firstName(node.head);
  return 'name' in node && typeof node.name === 'string' ? node.name : '';
}

function hidden(name: string): string {
  return `${name} hides a built-in function that the image statements of this package call`;
}
