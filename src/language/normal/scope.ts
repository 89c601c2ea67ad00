import type { Body, Span, Term, Var } from '../../../grammar/index.ts';
import type { Environment } from './environment.ts';
import type { RuleMetadata } from './metadata.ts';
import type { Goal, Local, LocalOperand, Operand } from './normal.ts';
import { stages } from './stages.ts';

/** Terms hold bodies and bodies hold terms: what the parts of this folder call one another by. */
export interface Recursion {
  /** The operand that a term is; the calls inside it are pushed onto `goals`. */
  operand(scope: Scope, term: Term, goals: Goal[]): Operand;
  /** The goals of a body. With `output`, the body is one expression whose value the output takes. */
  body(scope: Scope, body: Body, output?: LocalOperand): Goal[];
}

/** The locals of one rule or query. A name that is nowhere declared is one local in the whole rule. */
export class RuleLocals {
  readonly all: Local[] = [];
  /** Absent in queries. */
  readonly metadata: RuleMetadata | undefined;
  private readonly implicit = new Map<string, Local>();

  constructor(metadata?: RuleMetadata) {
    this.metadata = metadata;
  }

  make(name: string, span: Span, generated = false): Local {
    const local = { id: this.all.length, name, span, generated };
    this.all.push(local);
    return local;
  }

  /** The local of an undeclared name; each `_` is one of its own. */
  named(name: string, span: Span): Local {
    if (name === '_') return this.make('_', span);
    const known = this.implicit.get(name);
    if (known) return known;
    const local = this.make(name, span);
    this.implicit.set(name, local);
    return local;
  }
}

type Declared = {
  readonly local: Local;
  /** `mention`: it stands in the body, and hides a function. */
  readonly by: 'argument' | 'assignment' | 'some' | 'mention';
  /** What to underline where nothing uses it. */
  readonly at: Span;
  used: boolean;
};

/** How a name came to be declared, in a message. */
const occurrences = {
  argument: '',
  assignment: 'assigned',
  some: 'declared',
  mention: 'referenced',
} as const;

/** One body: what it declares, and what it has mentioned before it could declare it. */
export class Scope {
  readonly environment: Environment;
  readonly locals: RuleLocals;
  readonly recursion: Recursion;
  private readonly parent: Scope | undefined;
  private readonly findingsBefore: number;
  /** How much was found when the body ended: what follows is found in the head. */
  private bodyEnd: number | undefined;
  private readonly declared: Map<string, Declared>;
  private readonly mentioned = new Set<string>();
  private upcoming: ReadonlySet<string> = new Set();

  constructor(
    environment: Environment,
    locals: RuleLocals,
    recursion: Recursion,
    parent?: Scope,
    declared: ReadonlyMap<string, Declared> = new Map(),
  ) {
    this.environment = environment;
    this.locals = locals;
    this.recursion = recursion;
    this.parent = parent;
    this.declared = new Map(declared);
    this.findingsBefore = parent?.bodyEnd ?? parent?.findingsBefore ?? environment.findings.length;
  }

  child(): Scope {
    return new Scope(this.environment, this.locals, this.recursion, this);
  }

  /** The scope of another body that starts with what this one has declared so far. */
  branch(): Scope {
    return new Scope(this.environment, this.locals, this.recursion, this.parent, this.declared);
  }

  /** The body has been read. Problems of the head are no reason to be silent about the body, nor the other way round. */
  endBody(): void {
    this.bodyEnd = this.environment.findings.length;
  }

  temporary(span: Span): LocalOperand {
    return { kind: 'local', span, local: this.locals.make('', span, true) };
  }

  /** Names that the body will declare somewhere: before it does they mean nothing global. */
  expect(names: ReadonlySet<string>): void {
    if (names.size > 0) this.upcoming = new Set([...this.upcoming, ...names]);
  }

  isExpected(name: string): boolean {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      if (scope.upcoming.has(name)) return true;
    }
    return false;
  }

  /** The declared local of a name, from here outwards. A body in a head mentions what only its rule declares. */
  find(name: string): Local | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      if (scope !== this && scope.bodyEnd !== undefined) this.mention(name);
      const declared = scope.declared.get(name);
      if (!declared) continue;
      declared.used = true;
      return declared.local;
    }
    return undefined;
  }

  /** Notes the use of a name that is not declared: declaring it later in the same body is an error. */
  mention(name: string): void {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      if (scope.mentioned.has(name)) return;
    }
    this.mentioned.add(name);
  }

  /** Whether a name is declared here or further out; unlike `find` it is no use of the name. */
  isDeclared(name: string): boolean {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      if (scope.declared.has(name)) return true;
    }
    return false;
  }

  /** Whether a name is declared here or further out, but not by what a head stands behind. */
  isDeclaredInBody(name: string): boolean {
    for (let scope: Scope | undefined = this; scope && scope.bodyEnd === undefined; scope = scope.parent) {
      if (scope.declared.has(name)) return true;
    }
    return false;
  }

  /** `at` is where a problem with the declaration is shown, `unusedAt` where one with its use is. */
  declare(variable: Var, by: Declared['by'], places: { at?: Span; unusedAt?: Span } = {}): Local {
    const { name, span } = variable;
    const { at = span, unusedAt = at } = places;
    if (name !== '_') this.checkDeclaration(name, by, at);
    const local = this.locals.make(name, span);
    if (name !== '_') this.declared.set(name, { local, by, at: unusedAt, used: false });
    return local;
  }

  /** A wildcard that `some` declares: nothing can use it. */
  declareWildcard({ span }: Var, at: Span): void {
    const local = this.locals.make('_', span);
    this.declared.set(`_ at ${span.start}`, { local, by: 'some', at, used: false });
  }

  /** Takes back that the names of a pattern are used: that it binds them is no use. */
  unuse(names: Iterable<string>): void {
    for (const name of names) {
      const declared = this.declared.get(name);
      if (declared) declared.used = false;
    }
  }

  /**
   * Reports what was declared here and never used: `some` always, assignments in strict mode. Not where
   * there are other problems with declarations in the same rule, which may be why.
   */
  reportUnused(): void {
    const { options, report, source, findings } = this.environment;
    const since = findings.slice(this.findingsBefore, this.bodyEnd);
    if (since.some(({ stage }) => stage === stages.declarations || stage === stages.unused)) return;
    for (const { local, by, at, used } of this.declared.values()) {
      if (used || by === 'argument' || by === 'mention' || local.name.startsWith('$')) continue;
      if (by === 'assignment' && !options.strict) continue;
      const message = `${by === 'some' ? 'declared' : 'assigned'} var ${local.name} unused`;
      const hint =
        by === 'some'
          ? `use "${local.name}", or leave its declaration out`
          : `use "${local.name}", or assign to "_" where only the evaluation matters`;
      const inside = at.start <= local.span.start && local.span.end <= at.end;
      const place = { message: `"${local.name}" is declared here`, source, span: local.span };
      const related = inside ? undefined : [place];
      report(stages.unused, { code: 'rego_compile_error', span: at, message, hint, related });
    }
  }

  /** The arguments that nothing has used so far. */
  unusedArguments(): Local[] {
    return [...this.declared.values()]
      .filter(each => each.by === 'argument' && !each.used)
      .map(each => each.local);
  }

  private checkDeclaration(name: string, by: Declared['by'], span: Span): void {
    if (by === 'argument' || by === 'mention') return;
    const before = this.declared.get(name);
    if (!before && !this.mentioned.has(name)) return;
    const how = before ? occurrences[before.by] : 'referenced';
    const message = before?.by === 'argument' ? `arg ${name} redeclared` : `var ${name} ${how} above`;
    const hint = before
      ? `give this one another name${by === 'assignment' ? ', or compare with "=="' : ''}`
      : `move the declaration above the first use of "${name}"`;
    const related = before && [
      { message: 'it was declared here', source: this.environment.source, span: before.local.span },
    ];
    this.environment.report(stages.declarations, {
      code: 'rego_compile_error',
      span,
      message,
      hint,
      related,
    });
  }
}
