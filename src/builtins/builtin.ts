import type { Budget } from '../base/index.ts';
import type { Value } from '../values/index.ts';

/**
 * An implementation. Operands are defined values, as many as declared. Returns undefined where the
 * call is undefined; throws BuiltinError where an operand is wrong. Never changes an operand.
 * Charges `context.budget` before it makes much out of little.
 */
export type BuiltinFunction = (context: BuiltinContext, ...operands: Value[]) => Value | undefined;

/** A relation hands each answer to `emit`, which returns true where no more is wanted. */
export type BuiltinRelation = (
  context: BuiltinContext,
  operand: Value,
  emit: (answer: Value) => boolean,
) => boolean;

/** What the outside gives to built-in functions for one evaluation. */
export interface BuiltinContext {
  readonly budget: Budget;
  /** Nanoseconds since 1970, the same for the whole evaluation. */
  readonly now: bigint;
  /** Random 32-bit numbers; what is drawn for one key stays the same within an evaluation. */
  random(): number;
  /** `print(…)`; absent where printing is off. */
  readonly print?: (line: string) => void;
  /** `trace(…)`. */
  readonly note?: (message: string) => void;
  /** `internal.test_case(…)`: a test has come to the case of this name. */
  readonly testCase?: (name: Value) => void;
  /** What `opa.runtime()` gives. */
  readonly runtime?: Value;
  /** Where answers from outside come from; absent where nothing may be asked. */
  readonly evidence?: EvidenceSource;
  /** Kept for one evaluation: `uuid.rfc4122`, `rand.intn` and the like answer alike for one key. */
  readonly memo: Map<string, Value>;
}

/**
 * The evidence of one round. A need that has no answer yet is recorded and undefined for this
 * round; see docs/architecture.md, "Evidence".
 */
export interface EvidenceSource {
  ask(need: Need): Value | undefined;
}

/** A question to the outside: plain data, equal questions have equal `key`. */
export interface Need {
  readonly kind: string;
  readonly key: string;
  readonly request: Value;
}

/** A built-in function could not do what it was asked: undefined, or the end under strict errors. */
export class BuiltinError {
  readonly code: 'eval_type_error' | 'eval_builtin_error';
  readonly message: string;

  constructor(message: string, code: 'eval_type_error' | 'eval_builtin_error' = 'eval_builtin_error') {
    this.message = message;
    this.code = code;
  }
}
