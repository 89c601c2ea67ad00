import type { Json } from '../../values/index.ts';
import type { PackageDecisions } from './decision.ts';

/** Raised whenever a stored plan of an earlier format could no longer be run. */
export const PLAN_FORMAT = 2;

/**
 * A policy ready to be compiled: JSON only, so that it can be stored by digest and read without
 * parsing or checking anything. Slots stand in place of names.
 */
export interface Plan {
  readonly format: number;
  /** Names of the source files, for places. */
  readonly files: readonly string[];
  /** Encoded by plan/constants.ts. */
  readonly constants: readonly Json[];
  /** Every package, those without rules included. */
  readonly packages: readonly (readonly string[])[];
  readonly groups: readonly PlannedGroup[];
  readonly queries: readonly PlannedQuery[];
  readonly decisions: readonly PackageDecisions[];
}

/** File (an index), line and column, both 1-based. */
export type Place = readonly [file: number, line: number, column: number];

/**
 * The rules of one constant path. `complete` has one value; `set` collects keys; `object` collects
 * what stands below the path at keys known only at run time; `function` has arguments.
 */
export interface PlannedGroup {
  /** Without `data`. */
  readonly path: readonly string[];
  readonly kind: 'complete' | 'set' | 'object' | 'function';
  readonly arity?: number;
  /** Of an object whose next keys are all constant: what is there even where no rule gives anything. */
  readonly fixed?: readonly PlannedFixture[];
  readonly rules: readonly PlannedRule[];
  readonly fallback?: PlannedRule;
}

/** An empty set or object below a path of constant keys. */
export interface PlannedFixture {
  /** Indexes of constants. */
  readonly path: readonly number[];
  readonly makes: 'set' | 'object';
}

export interface PlannedRule {
  readonly at: Place;
  /** The variables that the author named, with their slots; for traces. */
  readonly names: readonly (readonly [name: string, slot: number])[];
  /** Length of the frame. */
  readonly slots: number;
  readonly args?: readonly Pattern[];
  /** The first whose operations succeed decides: a rule and its `else`s. */
  readonly branches: readonly PlannedBranch[];
}

export interface PlannedBranch {
  readonly at: Place;
  readonly ops: readonly Op[];
  /** The keys below the group's path, in groups that make objects. */
  readonly path: readonly Expr[];
  /** What is added to the set, where the head has `contains`. */
  readonly key?: Expr;
  readonly value: Expr;
}

export interface PlannedQuery {
  readonly slots: number;
  readonly ops: readonly Op[];
  /** The variables that the author named, with their slots. */
  readonly names: readonly (readonly [name: string, slot: number])[];
}

/** Something that has one value, or none. */
export type Expr =
  | { readonly k: 'const'; readonly c: number }
  | { readonly k: 'slot'; readonly s: number }
  | { readonly k: 'input' | 'data'; readonly path: readonly Expr[] }
  | { readonly k: 'get'; readonly s: number; readonly path: readonly Expr[]; readonly virtual: boolean }
  | { readonly k: 'array' | 'set'; readonly items: readonly Expr[] }
  | { readonly k: 'object'; readonly entries: readonly (readonly [Expr, Expr])[] }
  | Comprehension
  | { readonly k: 'template'; readonly parts: readonly (string | TemplatePart)[] };

export interface Comprehension {
  readonly k: 'comprehension';
  readonly makes: 'array' | 'set' | 'object';
  readonly ops: readonly Op[];
  readonly key?: Expr;
  readonly value: Expr;
  /** The slot that holds what has been collected so far. */
  readonly into: number;
  readonly at: Place;
}

export interface TemplatePart {
  readonly ops: readonly Op[];
  readonly value: Expr;
  readonly into: number;
}

/** What a value is held against: it binds slots, or fails. */
export type Pattern =
  | { readonly p: 'any' }
  | { readonly p: 'bind'; readonly s: number }
  | { readonly p: 'equal'; readonly e: Expr }
  | { readonly p: 'array'; readonly items: readonly Pattern[] }
  | { readonly p: 'object'; readonly entries: readonly (readonly [Expr, Pattern])[] };

/** One step of a body; each goes on to the next for every answer that it finds. */
export type Op =
  | { readonly op: 'fail'; readonly at: Place }
  | { readonly op: 'test'; readonly e: Expr; readonly at: Place }
  | { readonly op: 'let'; readonly s: number; readonly e: Expr; readonly at: Place }
  | { readonly op: 'equal'; readonly a: Expr; readonly b: Expr; readonly at: Place }
  | { readonly op: 'match'; readonly e: Expr; readonly p: Pattern; readonly at: Place }
  | ScanOp
  | CallOp
  | { readonly op: 'not'; readonly ops: readonly Op[]; readonly at: Place }
  | EveryOp
  | WithOp;

/** Goes through the elements of a collection: `into` takes each in turn, where `key` matches its key. */
export interface ScanOp {
  readonly op: 'scan';
  readonly from: Expr;
  readonly key: Pattern;
  readonly into: number;
  readonly at: Place;
}

export interface CallOp {
  readonly op: 'call';
  readonly at: Place;
  readonly target: PlannedTarget;
  readonly args: readonly Expr[];
  /** Held against the answer; without it the answer must not be false. */
  readonly into?: Pattern;
}

/** A function by its name (`json.unmarshal`, `data.lib.f`); `group` where it is one of the plan's. */
export interface PlannedTarget {
  readonly name: string;
  readonly group?: number;
  /** Called in a module of Rego v0, where some built-in functions answer otherwise. */
  readonly v0?: true;
}

export interface EveryOp {
  readonly op: 'every';
  readonly domain: Expr;
  readonly key?: number;
  readonly value: number;
  readonly ops: readonly Op[];
  readonly at: Place;
}

export interface WithOp {
  readonly op: 'with';
  readonly modifiers: readonly PlannedModifier[];
  readonly ops: readonly Op[];
  readonly at: Place;
}

export type PlannedModifier =
  | { readonly set: 'input' | 'data'; readonly path: readonly string[]; readonly e: Expr }
  | { readonly set: 'function'; readonly name: string; readonly e: Expr }
  | { readonly set: 'function'; readonly name: string; readonly target: PlannedTarget };
