import type { CallGoal, Operand, WithModifier } from '../../normal/normal.ts';
import type { TypeEnvironment } from './environment.ts';
import { infer } from './infer.ts';
import { overlap } from './overlap.ts';
import { keysOf, valuesOf } from './selection.ts';
import { typeOf } from './terms.ts';
import { any, declaredType, type FunctionType, functionType, type Type, type Unknown } from './type.ts';

/** An argument that a function does not take; `index` beyond its arguments is the result. */
export interface ArgumentProblem {
  readonly index: number;
  readonly operand: Operand;
  readonly found: Type | Unknown;
  readonly wanted: Type | Unknown;
}

export interface CallReporter {
  /** What is called is a rule without arguments, whose value is known to be no function. */
  target(goal: CallGoal): void;
  argument(goal: CallGoal, problem: ArgumentProblem): void;
  replacement(modifier: WithModifier, target: FunctionType, value: FunctionType): void;
}

/** Holds the arguments of a call against what the function takes, and its output against the result. */
export function checkCall(env: TypeEnvironment, goal: CallGoal, report: CallReporter): void {
  if (goal.target.kind === 'builtin' && !checkMembership(env, goal, report)) return;
  const called = typeOfTarget(env, goal.target);
  if (called?.kind !== 'function') {
    if (goal.target.kind === 'function' && called !== undefined && called !== any) report.target(goal);
    return;
  }
  const operands = goal.output ? [...goal.args, goal.output] : goal.args;
  const wanted = [...called.args, called.result];
  const before = operands.map(operand => typeOf(env, operand));
  for (const [index, operand] of operands.entries()) {
    const type = goal.output && index === operands.length - 1 ? called.result : wanted[index];
    const found = before[index];
    if (type === undefined) continue;
    const fitting = (!found?.known || overlap(found, type)) && infer(env, operand, type);
    if (fitting) continue;
    report.argument(goal, { index, operand, found: typeOf(env, operand), wanted: type });
    return;
  }
}

/** The type of a function; `any` of one that may be replaced, unknown of what is none. */
export function typeOfTarget(env: TypeEnvironment, target: CallGoal['target']): Type | Unknown {
  if (target.kind === 'function') return env.at(target.path);
  const { args, variadic, result } = target.declaration;
  if (variadic) return undefined;
  return functionType(
    args.map(argument => declaredType(argument.type)),
    declaredType(result.type),
  );
}

/** What `in` looks for must be something that the collection can hold. */
function checkMembership(env: TypeEnvironment, goal: CallGoal, report: CallReporter): boolean {
  const name = goal.target.kind === 'builtin' ? goal.target.name : '';
  if (name !== 'internal.member_2' && name !== 'internal.member_3') return true;
  const collection = typeOf(env, goal.args.at(-1)!);
  const values = valuesOf(collection);
  if (values === undefined) return true;
  const keyFits = name === 'internal.member_2' || checkMember(env, goal, 0, keysOf(collection), report);
  return keyFits && checkMember(env, goal, goal.args.length - 2, values, report);
}

function checkMember(
  env: TypeEnvironment,
  goal: CallGoal,
  index: number,
  wanted: Type | Unknown,
  report: CallReporter,
): boolean {
  if (!wanted?.known || wanted === any) return true;
  const operand = goal.args[index]!;
  const found = typeOf(env, operand);
  if ((!found?.known || overlap(found, wanted)) && infer(env, operand, wanted)) return true;
  report.argument(goal, { index, operand, found, wanted });
  return false;
}
