import { type Budget, type EvaluationCode, Halt } from '../base/index.ts';
import type { BuiltinContext, BuiltinError } from '../builtins/index.ts';
import type { Op, Place, PlannedGroup } from '../language/index.ts';
import type { Value } from '../values/index.ts';
import type { Trace } from './trace.ts';

/** The variables of one rule, comprehension collectors behind them. */
export type Frame = unknown[];

/** Goes on to the next step for every answer; true where no more answers are wanted. */
export type Step = (context: Context, frame: Frame) => boolean;

/** A value, or undefined. */
export type Get = (context: Context, frame: Frame) => Value | undefined;

/** Whether a value fits, binding slots on the way. */
export type Match = (context: Context, frame: Frame, value: Value) => boolean;

/** What stands in for a function under `with`. */
export type Mock = { readonly value: Value } | { readonly name: string; readonly group: Group | undefined };

/** A built-in function that failed: its call was undefined. */
export interface EvaluationError {
  readonly code: EvaluationCode;
  readonly message: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** What is the same throughout one evaluation. */
export interface Run {
  readonly files: readonly string[];
  readonly builtins: BuiltinContext;
  readonly strict: boolean;
  readonly errors: EvaluationError[];
  /** Rules evaluated. */
  rules: number;
  /** Takes what happens; only where the policy was compiled for it. */
  readonly trace: Trace | undefined;
  /** Takes the places of what was tried; only where the policy was compiled for it. */
  readonly covered: Set<Place> | undefined;
}

/** The world that rules see: one at the start, a further one under each `with`. Memoises what rules give. */
export class Context {
  readonly run: Run;
  readonly budget: Budget;
  readonly input: Value | undefined;
  readonly data: Value;
  readonly root: RuleNode;
  /** Places of the rule tree where `with` has put a document over the rules. */
  readonly masks: ReadonlySet<RuleNode> | undefined;
  readonly mocks: ReadonlyMap<string, Mock> | undefined;
  /** The context outside the `with`. */
  readonly outer: Context | undefined;
  /** Values of groups and packages; null stands for undefined. */
  readonly memo = new Map<Group | RuleNode, Value | typeof undefinedMark>();
  readonly calls = new Map<Group, Map<Value, unknown>>();

  constructor(world: World, outer?: Context) {
    this.run = world.run;
    this.budget = world.budget;
    this.input = world.input;
    this.data = world.data;
    this.root = world.root;
    this.masks = world.masks;
    this.mocks = world.mocks;
    this.outer = outer;
  }

  /** Records that a built-in function failed; under strict errors, ends the evaluation. */
  failed(error: BuiltinError, place: Place): undefined {
    if (this.run.strict) throw new Halt(error.code, error.message);
    const [file, line, column] = place;
    this.run.errors.push({
      code: error.code,
      message: error.message,
      file: this.run.files[file] ?? '',
      line,
      column,
    });
    return undefined;
  }
}

export interface World {
  readonly run: Run;
  readonly budget: Budget;
  readonly input: Value | undefined;
  readonly data: Value;
  readonly root: RuleNode;
  readonly masks: ReadonlySet<RuleNode> | undefined;
  readonly mocks: ReadonlyMap<string, Mock> | undefined;
}

/** Stands in a memo for what was evaluated and is undefined. */
export const undefinedMark: unique symbol = Symbol('undefined');

/** A place in the tree of packages and rules. */
export interface RuleNode {
  readonly path: readonly string[];
  readonly children: Map<string, RuleNode>;
  readonly parent: RuleNode | undefined;
  group: Group | undefined;
}

/** The rules of one path, compiled. */
export interface Group {
  readonly kind: PlannedGroup['kind'];
  readonly node: RuleNode;
  rules: readonly CompiledRule[];
  /** Of an object whose next keys are all constant: what is there even where no rule gives anything. */
  readonly fixed: readonly Fixture[] | undefined;
  /** All rules give one and the same constant: after the first that gives it no other is asked. */
  constant: boolean;
  fallback: CompiledRule | undefined;
}

/** An empty set or object below a path of keys. */
export interface Fixture {
  readonly path: readonly Value[];
  readonly makes: 'set' | 'object';
}

export interface CompiledRule {
  /** Length of the frame; the slot behind it collects the answers. */
  readonly slots: number;
  readonly args: readonly Match[];
  readonly branches: readonly CompiledBranch[];
}

/** `run` puts its answers into the frame's last slot. */
export interface CompiledBranch {
  readonly run: Step;
}

/** Takes an answer of a query; true where no more are wanted. */
export type AnswerSink = (frame: Frame) => boolean;

export interface CompiledQuery {
  readonly slots: number;
  readonly run: Step;
  readonly names: readonly (readonly [name: string, slot: number])[];
}

/** What the compilers of expressions and operations share. */
export interface Compiler {
  readonly root: RuleNode;
  readonly groups: readonly Group[];
  constant(index: number): Value;
  /** The variables of the rule being compiled, where each step is to be traced; otherwise undefined. */
  readonly traced: readonly (readonly [name: string, slot: number])[] | undefined;
  /** Whether each step and branch is to say that it was reached. */
  readonly coverage: boolean;
  /** The steps of a list of operations, `last` behind them. */
  block(ops: readonly Op[], last: Step): Step;
}
