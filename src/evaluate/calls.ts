import { Halt } from '../base/index.ts';
import {
  type BuiltinContext,
  BuiltinError,
  type BuiltinFunction,
  builtins,
  relations,
  v0Builtins,
} from '../builtins/index.ts';
import type { CallOp, Place, PlannedTarget } from '../language/index.ts';
import type { Value } from '../values/index.ts';
import type { Compiler, Group } from './context.ts';
import { Context, type Frame, type Get, type Match, type Mock, type Step } from './context.ts';
import { compileExpr } from './expressions.ts';
import { callFunction, groupValue } from './group.ts';
import { compilePattern } from './patterns.ts';

/** A step that calls a function and goes on with its answer. */
export function compileCall(compiler: Compiler, op: CallOp, next: Step): Step {
  const args = op.args.map(arg => compileExpr(compiler, arg));
  const answer = answerStep(compiler, op, next);
  const { name } = op.target;
  const group = op.target.group === undefined ? undefined : compiler.groups[op.target.group]!;
  const direct = group ? callGroup(group, args, answer) : callBuiltin(op.target, args, op.at, answer);
  return (context, frame) => {
    const mock = context.mocks?.get(name);
    return mock === undefined ? direct(context, frame) : callMock(context, frame, mock, args, op.at, answer);
  };
}

type Answer = (context: Context, frame: Frame, value: Value) => boolean;

/** What is done with an answer: held against the output, or only tested. */
function answerStep(compiler: Compiler, op: CallOp, next: Step): Answer {
  if (!op.into) return (context, frame, value) => value !== false && next(context, frame);
  if (op.into.p === 'bind') {
    const { s } = op.into;
    return (context, frame, value) => {
      frame[s] = value;
      return next(context, frame);
    };
  }
  const match: Match = compilePattern(compiler, op.into);
  return (context, frame, value) => match(context, frame, value) && next(context, frame);
}

function callGroup(group: Group, args: readonly Get[], answer: Answer): Step {
  if (group.kind !== 'function') return callRule(group, answer);
  return (context, frame) => {
    const operands = evaluated(context, frame, args);
    if (operands === undefined) return false;
    const value = callFunction(context, group, operands);
    return value !== undefined && answer(context, frame, value);
  };
}

/** A rule that is called without arguments gives its value. */
function callRule(group: Group, answer: Answer): Step {
  return (context, frame) => {
    const value = groupValue(context, group);
    return value !== undefined && answer(context, frame, value);
  };
}

function evaluated(context: Context, frame: Frame, args: readonly Get[]): Value[] | undefined {
  const operands = new Array<Value>(args.length);
  for (let i = 0; i < args.length; i++) {
    const operand = args[i]!(context, frame);
    if (operand === undefined) return undefined;
    operands[i] = operand;
  }
  return operands;
}

function callBuiltin(target: PlannedTarget, args: readonly Get[], place: Place, answer: Answer): Step {
  const { name } = target;
  const relation = relations.get(name);
  if (relation) {
    return (context, frame) => {
      const operand = args[0]!(context, frame);
      if (operand === undefined) return false;
      return relation(context.run.builtins, operand, value => answer(context, frame, value));
    };
  }
  const implementation = (target.v0 && v0Builtins.get(name)) ?? builtins.get(name);
  if (!implementation) return missing(name);
  if (args.length === 1) return callUnary(implementation, args[0]!, place, answer);
  if (args.length === 2) return callBinary(implementation, args[0]!, args[1]!, place, answer);
  return (context, frame) => {
    const operands = evaluated(context, frame, args);
    if (operands === undefined) return false;
    const value = guarded(context, implementation, operands, place);
    return value !== undefined && answer(context, frame, value);
  };
}

function callUnary(implementation: BuiltinFunction, first: Get, place: Place, answer: Answer): Step {
  return (context, frame) => {
    const { budget } = context;
    if (--budget.steps < 0) budget.exhausted('steps');
    const a = first(context, frame);
    if (a === undefined) return false;
    let value: Value | undefined;
    try {
      value = implementation(context.run.builtins, a);
    } catch (error) {
      value = failure(context, error, place);
    }
    return value !== undefined && answer(context, frame, value);
  };
}

function callBinary(
  implementation: BuiltinFunction,
  first: Get,
  second: Get,
  place: Place,
  answer: Answer,
): Step {
  return (context, frame) => {
    const { budget } = context;
    if (--budget.steps < 0) budget.exhausted('steps');
    const a = first(context, frame);
    if (a === undefined) return false;
    const b = second(context, frame);
    if (b === undefined) return false;
    let value: Value | undefined;
    try {
      value = implementation(context.run.builtins, a, b);
    } catch (error) {
      value = failure(context, error, place);
    }
    return value !== undefined && answer(context, frame, value);
  };
}

function guarded(
  context: Context,
  implementation: (context: BuiltinContext, ...operands: Value[]) => Value | undefined,
  operands: Value[],
  place: Place,
): Value | undefined {
  const { budget } = context;
  if (--budget.steps < 0) budget.exhausted('steps');
  try {
    return implementation(context.run.builtins, ...operands);
  } catch (error) {
    return failure(context, error, place);
  }
}

function failure(context: Context, error: unknown, place: Place): undefined {
  if (error instanceof BuiltinError) return context.failed(error, place);
  throw error;
}

function missing(name: string): Step {
  return () => {
    throw new Halt('eval_internal_error', `built-in function ${name} cannot be evaluated here`);
  };
}

/** A function that `with` replaced, by a value or by another function. Inside that one, no function is replaced. */
function callMock(
  context: Context,
  frame: Frame,
  mock: Mock,
  args: readonly Get[],
  place: Place,
  answer: Answer,
): boolean {
  const operands = evaluated(context, frame, args);
  if (operands === undefined) return false;
  if ('value' in mock) return answer(context, frame, mock.value);
  const inner = withoutMocks(context);
  const value = mock.group
    ? callFunction(inner, mock.group, operands)
    : guarded(inner, builtins.get(mock.name) ?? missingFunction(mock.name), operands, place);
  return value !== undefined && answer(context, frame, value);
}

function missingFunction(name: string): never {
  throw new Halt('eval_internal_error', `built-in function ${name} cannot stand in for another`);
}

function withoutMocks(context: Context): Context {
  return new Context({ ...context, mocks: undefined }, context);
}
