import type { Body, Span, Term, Var } from '../../../grammar/index.ts';
import type { Environment } from './environment.ts';
import type { Goal, Local, LocalOperand, Operand } from './normal.ts';

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
  private readonly implicit = new Map<string, Local>();

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

type Declared = { readonly local: Local; readonly by: 'argument' | 'assignment' | 'some'; used: boolean };

/** One body: what it declares, and what it has mentioned before it could declare it. */
export class Scope {
  readonly environment: Environment;
  readonly locals: RuleLocals;
  readonly recursion: Recursion;
  private readonly parent: Scope | undefined;
  private readonly declared = new Map<string, Declared>();
  private readonly mentioned = new Set<string>();

  constructor(environment: Environment, locals: RuleLocals, recursion: Recursion, parent?: Scope) {
    this.environment = environment;
    this.locals = locals;
    this.recursion = recursion;
    this.parent = parent;
  }

  child(): Scope {
    return new Scope(this.environment, this.locals, this.recursion, this);
  }

  temporary(span: Span): LocalOperand {
    return { kind: 'local', span, local: this.locals.make('', span, true) };
  }

  /** The declared local of a name, from here outwards. */
  find(name: string): Local | undefined {
    this.mentioned.add(name);
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const declared = scope.declared.get(name);
      if (declared) {
        declared.used = true;
        return declared.local;
      }
    }
    return undefined;
  }

  /** Whether a name is declared here or further out; unlike `find` it is no use of the name. */
  isDeclared(name: string): boolean {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      if (scope.declared.has(name)) return true;
    }
    return false;
  }

  declare(variable: Var, by: Declared['by']): Local {
    const { name, span } = variable;
    const before = this.declared.get(name);
    if (name !== '_') this.checkDeclaration(variable, by, before);
    const local = this.locals.make(name, span);
    if (name !== '_') this.declared.set(name, { local, by, used: false });
    return local;
  }

  /** What was declared with `some` and then never used. */
  unused(): Local[] {
    return [...this.declared.values()]
      .filter(each => each.by === 'some' && !each.used)
      .map(each => each.local);
  }

  private checkDeclaration({ name, span }: Var, by: Declared['by'], before: Declared | undefined): void {
    const { report } = this.environment;
    if (name === 'input' || name === 'data') return;
    if (by === 'argument') return;
    if (before?.by === 'argument') report('rego_compile_error', span, `arg ${name} redeclared`);
    else if (before?.by === 'assignment') report('rego_compile_error', span, `var ${name} assigned above`);
    else if (before) report('rego_compile_error', span, `var ${name} declared above`);
    else if (this.mentioned.has(name)) report('rego_compile_error', span, `var ${name} referenced above`);
  }
}
