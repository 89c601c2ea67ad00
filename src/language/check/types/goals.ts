import type { ComprehensionOperand, Goal, NormalBody, Operand, RefOperand } from '../../normal/normal.ts';
import { goalOperands, isOperand } from '../variables.ts';
import { type CallReporter, checkCall } from './calls.ts';
import type { TypeEnvironment } from './environment.ts';
import { unify } from './infer.ts';
import { type Modifiers, modified } from './modifiers.ts';
import { checkReference, type ReferenceProblem } from './reference.ts';
import { rememberComprehension, typeOf } from './terms.ts';
import { arrayType, objectType, setType, type Type, type Unknown } from './type.ts';

/** Where problems with types go. */
export interface TypeReporter extends CallReporter {
  reference(ref: RefOperand, problem: ReferenceProblem): void;
  mismatch(goal: Goal, left: Type | Unknown, right: Type | Unknown): void;
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

  /** Checks what an operand refers to and what stands inside it. */
  operand(env: TypeEnvironment, operand: Operand): boolean {
    const before = this.clean;
    this.clean = true;
    this.parts(env, operand);
    const clean = this.clean;
    this.clean = before && clean;
    return clean;
  }

  private goal(outer: TypeEnvironment, goal: Goal): void {
    for (const { value } of goal.with) if (isOperand(value)) this.operand(outer, value);
    const env = modified(outer, goal.with, this.context.modifiers);
    let sound = true;
    for (const operand of goalOperands(goal)) sound = this.operand(env, operand) && sound;
    this.context.modifiers.check(env, goal.with, this.report);
    if (goal.kind === 'unify') this.unification(env, goal, sound);
    else if (goal.kind === 'call') checkCall(env, goal, sound ? this.report : quiet(this.report));
    else if (goal.kind === 'every') this.every(env, goal.body);
  }

  private unification(env: TypeEnvironment, goal: Extract<Goal, { kind: 'unify' }>, sound: boolean): void {
    const left = typeOf(env, goal.left);
    const right = typeOf(env, goal.right);
    if (unify(env, goal.left, goal.right)) return;
    if (sound || (left?.known && right?.known)) this.report.mismatch(goal, left, right);
  }

  /** Of the body of `every`, OPA checks references and comprehensions, not calls: this does the same. */
  private every(env: TypeEnvironment, body: NormalBody): void {
    for (const goal of this.context.order.get(body) ?? body.goals) {
      for (const operand of goalOperands(goal)) this.operand(env, operand);
      if (goal.kind === 'every') this.every(env, goal.body);
    }
  }

  private parts(env: TypeEnvironment, operand: Operand): void {
    switch (operand.kind) {
      case 'ref':
        for (const part of operand.path) this.parts(env, part);
        this.reference(env, operand);
        return;
      case 'array':
      case 'set':
        for (const item of operand.items) this.parts(env, item);
        return;
      case 'object':
        for (const { key, value } of operand.entries) {
          this.parts(env, key);
          this.parts(env, value);
        }
        return;
      case 'comprehension':
        rememberComprehension(operand, this.comprehension(env, operand));
        return;
      case 'template':
        for (const part of operand.parts) {
          if (typeof part === 'string') continue;
          const inner = env.closure();
          this.body(inner, part.body);
          this.operand(inner, part.value);
        }
    }
  }

  private reference(env: TypeEnvironment, ref: RefOperand): void {
    const problem = checkReference(env, ref);
    if (problem) this.report.reference(ref, problem);
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
