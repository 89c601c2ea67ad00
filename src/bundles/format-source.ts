import { type Module, parseModule } from '../../grammar/index.ts';
import type { Diagnostic } from '../base/index.ts';
import { type PolicyFile, printModule, syntaxDiagnostic } from '../language/index.ts';

/**
 * The text of a file in the layout of `opa fmt`, or why there is none: syntax errors. What is printed is read
 * again before it is given: throws where it would mean something else or lose a comment.
 */
export function formatSource(file: PolicyFile): {
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { source } = file;
  const parsed = parse(file, source.text);
  if (parsed.module === undefined)
    return { diagnostics: parsed.problems.map(each => syntaxDiagnostic(source, each)) };
  const text = printModule(parsed.module, source.text);
  const again = parse(file, text).module;
  if (again === undefined || shapeOf(again) !== shapeOf(parsed.module))
    throw new Error(`formatting ${source.path} would change what it says`);
  return { text, diagnostics: [] };
}

function parse({ source, version = 'v1', dialect }: PolicyFile, text: string) {
  const byName = source.path.endsWith('.policy') ? 'policy' : 'rego';
  return parseModule(text, { version, dialect: dialect ?? byName });
}

/** What a module says, wherever it stands in the text; comments by their words. */
function shapeOf(module: Module): string {
  const comments = module.comments.map(({ text }) => text.trim()).sort();
  return JSON.stringify([{ ...module, comments }], (key, value: unknown) =>
    key === 'span' || key.endsWith('Span') ? undefined : value,
  );
}
