import type { Import, Module, Span } from '../../../grammar/index.ts';
import type { Diagnostic, DiagnosticCode, SourceFile } from '../../base/index.ts';
import type { RuleIndex } from './rule-index.ts';

/** What the names of one module mean, and where its diagnostics go. */
export interface Environment {
  readonly source: SourceFile;
  readonly module: Module;
  /** Names brought in by imports, each with the path it stands for. */
  readonly imports: ReadonlyMap<string, ImportedName>;
  /** First names of the rules of this package, from every file. */
  readonly ruleNames: ReadonlySet<string>;
  readonly rules: RuleIndex;
  report(code: DiagnosticCode, span: Span, message: string, hint?: string): void;
}

export interface ImportedName {
  readonly import: Import;
  /** Starts with `data` or `input`. */
  readonly path: readonly string[];
}

/** The name that an import brings in. */
export function importedAs(declaration: Import): string {
  return declaration.alias?.text ?? declaration.path.at(-1)!;
}

export function importsOf(module: Module): Map<string, ImportedName> {
  const names = new Map<string, ImportedName>();
  for (const declaration of module.imports) {
    const root = declaration.path[0];
    if (root !== 'data' && root !== 'input') continue;
    names.set(importedAs(declaration), { import: declaration, path: declaration.path });
  }
  return names;
}

/** An environment that adds what it reports to `diagnostics`. */
export function environmentOf(
  source: SourceFile,
  module: Module,
  rules: RuleIndex,
  diagnostics: Diagnostic[],
): Environment {
  return {
    source,
    module,
    imports: importsOf(module),
    ruleNames: rules.namesIn(module.package.path),
    rules,
    report: (code, span, message, hint) =>
      diagnostics.push({ code, severity: 'error', message, source, span, ...(hint && { hint }) }),
  };
}
