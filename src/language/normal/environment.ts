import type { Import, Module, Rule } from '../../../grammar/index.ts';
import type { Diagnostic, SourceFile } from '../../base/index.ts';
import type { BuiltinDeclaration } from '../../builtins/declaration.ts';
import type { RuleMetadata } from './metadata.ts';
import type { RuleIndex } from './rule-index.ts';
import type { Report, Stage } from './stages.ts';

/** How strictly modules are checked. */
export interface CheckOptions {
  /** Also reports what works but is likely a mistake: unused locals, arguments and imports. */
  readonly strict?: boolean;
  /** Takes a call of an unknown function as one that may give anything; an evaluation that comes to it ends there. */
  readonly ignoreUnknownBuiltins?: boolean;
  /** The names of the built-in functions that may be called; absent means all. */
  readonly capabilities?: ReadonlySet<string>;
  /** Functions of another host: they are checked, and cannot be evaluated here. */
  readonly foreign?: ReadonlyMap<string, BuiltinDeclaration>;
}

/** What the names of one module mean, and where its diagnostics go. */
export interface Environment {
  readonly source: SourceFile;
  readonly module: Module;
  readonly options: CheckOptions;
  /** Names brought in by imports, each with the path it stands for. */
  readonly imports: ReadonlyMap<string, ImportedName>;
  /** First names of the rules of this package, from every file. */
  readonly ruleNames: ReadonlySet<string>;
  readonly rules: RuleIndex;
  /** The imports that something has referred to. */
  readonly usedImports: Set<Import>;
  /** What has been reported so far, of this module and others. */
  readonly findings: readonly Finding[];
  readonly report: Report;
  /** What the annotations of a rule of this module say; absent in queries. */
  readonly metadata?: (rule: Rule) => RuleMetadata;
}

export interface ImportedName {
  readonly import: Import;
  /** Starts with `data` or `input`. */
  readonly path: readonly string[];
}

/** A diagnostic with the kind of problem that it is about. */
export interface Finding {
  readonly stage: Stage;
  readonly diagnostic: Diagnostic;
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

/** An environment that adds what it reports to `findings`. */
export function environmentOf(
  source: SourceFile,
  module: Module,
  rules: RuleIndex,
  findings: Finding[],
  { options = {}, metadata }: Pick<Partial<Environment>, 'options' | 'metadata'> = {},
): Environment {
  return {
    source,
    module,
    options,
    imports: importsOf(module),
    ruleNames: rules.namesIn(module.package.path),
    rules,
    usedImports: new Set(),
    findings,
    report: reporter(source, findings),
    ...(metadata && { metadata }),
  };
}

/** Adds problems of one file to `findings`. */
export function reporter(source: SourceFile, findings: Finding[]): Report {
  return (stage, { code, span, message, hint, related }) =>
    findings.push({
      stage,
      diagnostic: {
        code,
        severity: 'error',
        message,
        source,
        span,
        ...(hint !== undefined && { hint }),
        ...(related && { related }),
      },
    });
}
