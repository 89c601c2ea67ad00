import {
  type Dialect,
  type Module,
  parseModule,
  type RegoVersion,
  type SyntaxProblem,
} from '../../grammar/index.ts';
import type { Diagnostic, SourceFile } from '../base/index.ts';
import { type Annotation, readAnnotations } from './annotations.ts';
import { checkModules } from './check/check.ts';
import type { CheckedModules } from './check/checked.ts';
import { lowerModules } from './lower/index.ts';
import type { LoweredModule } from './lower/lowered.ts';
import type { CheckOptions } from './normal/environment.ts';

/** One source text of a policy. */
export interface PolicyFile {
  readonly source: SourceFile;
  /** Default `v1`. */
  readonly version?: RegoVersion;
  /** Default by name: `policy` for `*.policy`, `rego` for any other. */
  readonly dialect?: Dialect;
}

export interface PolicyOptions extends CheckOptions {
  /** Changes the modules, statements made rules, before they are checked: the test runner tells tests of one name apart. */
  readonly prepare?: (modules: readonly Module[]) => readonly Module[];
}

/**
 * Parses, lowers and checks the files of a policy as one program. `checked` is absent where any
 * diagnostic is an error. Every syntax error of every file is reported; the checks run only on
 * files that parse.
 */
export function checkPolicy(
  files: readonly PolicyFile[],
  options: PolicyOptions = {},
): {
  readonly checked?: CheckedModules;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const parsed = files.flatMap(file => parseFile(file, diagnostics));
  const { lowered, diagnostics: found } = lowerModules(parsed);
  diagnostics.push(...found);
  if (diagnostics.some(each => each.severity === 'error')) return { diagnostics };
  const result = checkModules(
    prepared(lowered, options).map((each, i) => {
      const { source, annotations } = parsed[i]!;
      return { source, lowered: each, annotations };
    }),
    options,
  );
  return { ...result, diagnostics: [...diagnostics, ...result.diagnostics] };
}

interface ParsedFile {
  readonly source: SourceFile;
  readonly module: Module;
  readonly annotations: readonly Annotation[];
}

function prepared(lowered: readonly LoweredModule[], { prepare }: PolicyOptions): readonly LoweredModule[] {
  if (prepare === undefined) return lowered;
  const modules = prepare(lowered.map(({ module }) => module));
  return lowered.map((each, i) => ({ ...each, module: modules[i] as LoweredModule['module'] }));
}

/** The module of a file, where it has no syntax error, with its annotations. */
function parseFile(file: PolicyFile, diagnostics: Diagnostic[]): ParsedFile[] {
  const { source } = file;
  const dialect = file.dialect ?? (source.path.endsWith('.policy') ? 'policy' : 'rego');
  const { module, problems } = parseModule(source.text, { version: file.version ?? 'v1', dialect });
  for (const problem of problems) diagnostics.push(syntaxDiagnostic(source, problem));
  if (!module || problems.length > 0) return [];
  const { annotations, problems: unread } = readAnnotations(module, offset => source.line(offset));
  for (const problem of unread) diagnostics.push(syntaxDiagnostic(source, problem));
  return [{ source, module, annotations }];
}

/** A problem of the parser as a diagnostic. */
export function syntaxDiagnostic(source: SourceFile, { span, message, hint }: SyntaxProblem): Diagnostic {
  return { code: 'rego_parse_error', severity: 'error', message, source, span, ...(hint && { hint }) };
}
