import type {
  Body,
  BodyClauseWord,
  Clause,
  ListClauseWord,
  Module,
  Rule,
  Span,
  Statement,
  Term,
  TermClauseWord,
} from '../../../grammar/index.ts';
import type { Diagnostic, SourceFile } from '../../base/index.ts';
import { Builder, type RuleParts } from './build.ts';
import type { Helper } from './helpers.ts';
import { type NeededPath, type NeedsOptions, neededPaths } from './needs.ts';
import type { ProgramRules } from './program-rules.ts';

/** What the statements of one package share. */
export interface PackageScope {
  /** The generated rules that the package needs once. */
  readonly helpers: Set<Helper>;
  /** The names of its rules: the author's, and those that the statements became. */
  readonly ruleNames: ReadonlySet<string>;
  /** The rules of all packages that the author wrote. */
  readonly program: ProgramRules;
  readonly diagnostics: Diagnostic[];
}

/** A statement with the file that it stands in. */
export interface PlacedStatement {
  readonly statement: Statement;
  readonly source: SourceFile;
  readonly module: Module;
}

/** One statement on its way to being rules. */
export class Lowering {
  readonly statement: Statement;
  /** The name of the rule that it becomes. */
  readonly rule: string;
  readonly source: SourceFile;
  readonly module: Module;
  readonly package: PackageScope;
  /** The rules made so far. */
  readonly rules: Rule[] = [];
  /** Makes nodes with the span of the whole statement. */
  readonly at: Builder;

  constructor({ statement, source, module }: PlacedStatement, rule: string, scope: PackageScope) {
    this.statement = statement;
    this.rule = rule;
    this.source = source;
    this.module = module;
    this.package = scope;
    this.at = new Builder(statement.span);
  }

  /** Whether what it says is an error; else it is a warning. */
  get severity(): 'error' | 'warning' {
    return this.statement.verb === 'warn' || this.statement.verb === 'prefer' ? 'warning' : 'error';
  }

  /** What becomes of an image that does not pass, in messages. */
  get outcome(): string {
    return this.severity === 'error' ? 'denied' : 'warned about';
  }

  /** The name of a generated rule of this statement. */
  name(part: string): string {
    return `$${this.rule}_${part}`;
  }

  define(part: string, parts: RuleParts, at: Builder = this.at): string {
    const name = this.name(part);
    this.rules.push(at.rule(name, parts));
    return name;
  }

  /** Makes sure that a shared rule is there, and gives its name. */
  use(helper: Helper): string {
    this.package.helpers.add(helper);
    return `$${helper}`;
  }

  /** The paths into `data` and `input` that a body or a term of the statement cannot do without. */
  needs(node: Body | Term, options: NeedsOptions): readonly NeededPath[] {
    return neededPaths(node, this.module, this.package.program, options);
  }

  termClause(word: TermClauseWord): Term | undefined {
    const clause = this.clause(word);
    return clause?.kind === 'termClause' ? clause.term : undefined;
  }

  listClause(word: ListClauseWord): readonly Term[] | undefined {
    const clause = this.clause(word);
    return clause?.kind === 'listClause' ? clause.terms : undefined;
  }

  bodyClause(word: BodyClauseWord): Body | undefined {
    const clause = this.clause(word);
    return clause?.kind === 'bodyClause' ? clause.body : undefined;
  }

  report(span: Span, message: string, hint?: string): void {
    const { source } = this;
    this.package.diagnostics.push({
      code: 'statement_error',
      severity: 'error',
      message,
      source,
      span,
      ...(hint !== undefined && { hint }),
    });
  }

  /** What the author wrote, on one line. */
  textOf({ span }: { readonly span: Span }): string {
    return this.source.text.slice(span.start, span.end).replace(/\s+/g, ' ');
  }

  private clause(word: Clause['word']): Clause | undefined {
    return this.statement.clauses.find(clause => clause.word === word);
  }
}
