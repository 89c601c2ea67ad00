import type { Module, Statement } from '../../../grammar/index.ts';
import type { Diagnostic, SourceFile } from '../../base/index.ts';

/** A module with its text. */
export interface ModuleSource {
  readonly module: Module;
  readonly source: SourceFile;
}

export interface PackageNames {
  /** The rule that each statement becomes. */
  readonly ruleOf: ReadonlyMap<Statement, string>;
  /** Every rule that an exemption can name: the author's and those of statements. */
  readonly all: ReadonlySet<string>;
}

/** Names that make a decision of their own. */
const RESERVED = ['deny', 'violation', 'warn', 'allow'];

/**
 * Names the rules of the statements of one package: the label, or verb and noun, with `_2`, `_3` … where that
 * is taken. Reports a label that is taken or makes a decision of its own.
 */
export function nameStatements(modules: readonly ModuleSource[], diagnostics: Diagnostic[]): PackageNames {
  const rules = new Set(modules.flatMap(({ module }) => ruleNames(module)));
  const taken = new Set(rules);
  const ruleOf = new Map<Statement, string>();
  for (const { statement, source } of statementsOf(modules)) {
    if (statement.label === undefined) continue;
    const { text, span } = statement.label;
    const wrong = labelProblem(text, taken);
    if (wrong !== undefined) diagnostics.push(problem(source, span, wrong));
    taken.add(text);
    ruleOf.set(statement, text);
  }
  for (const { statement } of statementsOf(modules)) {
    if (statement.label !== undefined) continue;
    const name = freeName(
      statement.noun === undefined ? statement.verb : `${statement.verb}_${statement.noun}`,
      taken,
    );
    taken.add(name);
    ruleOf.set(statement, name);
  }
  const exempts = [...ruleOf].filter(([{ verb }]) => verb === 'exempt').map(([, name]) => name);
  return { ruleOf, all: taken.difference(new Set(exempts)) };
}

export function statementsOf(modules: readonly ModuleSource[]) {
  return modules.flatMap(({ module, source }) =>
    module.items.filter(item => item.kind === 'statement').map(statement => ({ statement, source, module })),
  );
}

function ruleNames(module: Module): string[] {
  return module.items.filter(item => item.kind === 'rule').map(rule => rule.head.ref.name.text);
}

function labelProblem(label: string, taken: ReadonlySet<string>): string | undefined {
  if (taken.has(label)) return `the label ${label} is taken: another rule of this package has that name`;
  if (RESERVED.includes(label))
    return `a statement cannot be labelled ${label}: a rule of that name decides by itself`;
  return label.startsWith('test_')
    ? 'a statement cannot be labelled test_…: such a rule is a test'
    : undefined;
}

function freeName(base: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(name)) return name;
  }
}

/** An error in a statement. */
export function problem(
  source: SourceFile,
  span: Statement['span'],
  message: string,
  hint?: string,
): Diagnostic {
  return {
    code: 'statement_error',
    severity: 'error',
    message,
    source,
    span,
    ...(hint !== undefined && { hint }),
  };
}
