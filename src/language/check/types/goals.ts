import type { Span } from '../../../../grammar/index.ts';
import type {
  ComprehensionOperand,
  EveryGoal,
  Goal,
  NormalBody,
  Operand,
  RefOperand,
  TemplateExpression,
  WithModifier,
} from '../../normal/normal.ts';
import { goalOperands, isOperand, shownVariable } from '../variables.ts';
import { type CallReporter, checkCall } from './calls.ts';
import type { TypeEnvironment } from './environment.ts';
import { infer, unify } from './infer.ts';
import { type Modifiers, modified, typeOfReplaced } from './modifiers.ts';
import { checkReference, type ReferenceProblem } from './reference.ts';
import { rememberComprehension, typeOf } from './terms.ts';
import { any, arrayType, objectType, setType, type Type, type Unknown } from './type.ts';

/** Where problems with types go. */
export interface TypeReporter extends CallReporter {
  reference(ref: RefOperand, problem: ReferenceProblem): void;
  mismatch(at: { readonly span: Span }, left: Type | Unknown, right: Type | Unknown): void;
  /** A function is replaced for an `every`. */
  everyReplacement(modifier: WithModifier): void;
}

/** What checking bodies needs of the whole program. */
export interface BodyContext {
  readonly order: ReadonlyMap<NormalBody, readonly Goal[]>;
  readonly modifiers: Modifiers;
  readonly report: TypeReporter;
}

/** Checks the bodies of one rule or query; `clean` says whether nothing was reported. */
export class BodyTypes {
  clean = true;
  private readonly context: BodyContext;
  private readonly report: TypeReporter;

  constructor(context: BodyContext) {
    this.context = context;
    this.report = failing(context.report, () => {
      this.clean = false;
    });
  }

  body(env: TypeEnvironment, body: NormalBody): void {
    for (const goal of this.context.order.get(body) ?? body.goals) this.goal(env, goal);
  }

  /**
   * Checks what an operand refers to and what stands inside it. Where it is `held`, OPA has put it in a
   * variable of its own before, so that something must be known of it.
   */
  operand(env: TypeEnvironment, operand: Operand, held = false): boolean {
    const before = this.clean;
    this.clean = true;
    this.parts(env, operand, held);
    const clean = this.clean;
    this.clean = before && clean;
    return clean;
  }

  private goal(outer: TypeEnvironment, goal: Goal): void {
    for (const { value } of goal.with) if (isOperand(value)) this.operand(outer, value);
    const env = modified(outer, goal.with, this.context.modifiers);
    const held = goal.kind === 'call' || goal.kind === 'every';
    let sound = true;
    for (const operand of goalOperands(goal)) sound = this.operand(env, operand, held) && sound;
    this.context.modifiers.check(env, goal.with, this.report);
    if (goal.kind === 'unify') this.unification(env, goal, sound);
    else if (goal.kind === 'call') checkCall(env, goal, sound ? this.report : quiet(this.report));
    else if (goal.kind === 'every') this.every(env, goal);
  }

  private unification(env: TypeEnvironment, goal: Extract<Goal, { kind: 'unify' }>, sound: boolean): void {
    const left = typeOf(env, goal.left);
    const right = typeOf(env, goal.right);
    if (unify(env, goal.left, goal.right)) return;
    if (sound || (left?.known && right?.known)) this.report.mismatch(goal, left, right);
  }

  /**
   * Of the body of `every`, OPA checks references and comprehensions, not calls, and takes a function
   * that is replaced for one that is looked up; what it goes through may be anything. This does the same.
   */
  private every(env: TypeEnvironment, { domain, body, with: modifiers }: EveryGoal): void {
    const open = domain.kind === 'local' || domain.kind === 'array' || domain.kind === 'object';
    if (open && !typeOf(env, domain)?.known) infer(env, domain, any);
    for (const modifier of modifiers)
      if (typeOfReplaced(env, modifier.target)?.kind === 'function') this.report.everyReplacement(modifier);
    for (const goal of this.context.order.get(body) ?? body.goals) {
      for (const operand of goalOperands(goal)) this.operand(env, operand);
      if (goal.kind === 'every') this.every(env, goal);
    }
  }

  private parts(env: TypeEnvironment, operand: Operand, held: boolean): void {
    switch (operand.kind) {
      case 'ref':
        for (const part of operand.path) this.parts(env, part, true);
        this.reference(env, operand, held);
        return;
      case 'array':
      case 'set':
        for (const item of operand.items) this.parts(env, item, true);
        return;
      case 'object':
        for (const { key, value } of operand.entries) {
          this.parts(env, key, true);
          this.parts(env, value, true);
        }
        return;
      case 'comprehension':
        rememberComprehension(operand, this.comprehension(env, operand));
        return;
      case 'template':
        for (const part of operand.parts) if (typeof part !== 'string') this.templatePart(env, part);
    }
  }

  /** A variable alone stands in a set, which may hold anything: from here on it may be anything itself. */
  private templatePart(env: TypeEnvironment, { body, value }: TemplateExpression): void {
    const variable = shownVariable(body);
    if (variable) {
      infer(env, variable, any, true);
      return;
    }
    const inner = env.closure();
    this.body(inner, body);
    this.operand(inner, value);
  }

  private reference(env: TypeEnvironment, ref: RefOperand, held: boolean): void {
    const problem = checkReference(env, ref);
    if (problem) this.report.reference(ref, problem);
    else if (held && typeOf(env, ref) === undefined) this.report.mismatch(ref, undefined, undefined);
  }

  private comprehension(env: TypeEnvironment, operand: ComprehensionOperand): Type | Unknown {
    const inner = env.closure();
    const before = this.clean;
    this.clean = true;
    this.body(inner, operand.body);
    if (operand.key) this.operand(inner, operand.key);
    this.operand(inner, operand.value);
    const clean = this.clean;
    this.clean = before && clean;
    if (!clean) return undefined;
    const value = typeOf(inner, operand.value);
    if (operand.makes === 'array') return arrayType([], value);
    if (operand.makes === 'set') return setType(value);
    return objectType([], { key: operand.key && typeOf(inner, operand.key), value });
  }
}

function failing(report: TypeReporter, fail: () => void): TypeReporter {
  const after =
    <A extends readonly unknown[]>(tell: (...args: A) => void) =>
    (...args: A): void => {
      fail();
      tell(...args);
    };
  return {
    reference: after(report.reference),
    mismatch: after(report.mismatch),
    everyReplacement: after(report.everyReplacement),
    target: after(report.target),
    argument: after(report.argument),
    replacement: after(report.replacement),
  };
}

/** Reports only what is wrong whatever the parts that are reported already turn out to be. */
function quiet(report: TypeReporter): TypeReporter {
  return {
    ...report,
    argument: (goal, problem) => {
      if (problem.found?.known) report.argument(goal, problem);
    },
  };
}
