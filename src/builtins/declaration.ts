import type { Type } from './types.ts';

/** One built-in function as the checker and the documentation see it. */
export interface BuiltinDeclaration {
  /** `json.unmarshal`; OPA's internal names for operators (`plus`, `equal`, `internal.member_2`). */
  readonly name: string;
  readonly args: readonly BuiltinArgument[];
  /** Takes any number of further arguments of this type (`sprintf` does not; `internal.print` does). */
  readonly variadic?: Type;
  readonly result: BuiltinResult;
  /** One sentence. */
  readonly description: string;
  /** The operator it is written as: `+`. */
  readonly infix?: string;
  /** Gives several answers for one call, one after another; only `walk`. */
  readonly relation?: boolean;
  /** Depends on the clock, chance or the outside. */
  readonly nondeterministic?: boolean;
  /** Asks for evidence: may be undefined in this round and defined in the next. */
  readonly evidence?: boolean;
  /** One of ours beside OPA's: a variable named as its name begins (`image`) does not hide it. */
  readonly host?: boolean;
  /** Only for modules in Rego v0. */
  readonly deprecated?: boolean;
}

export interface BuiltinArgument {
  readonly name: string;
  readonly type: Type;
}

export interface BuiltinResult {
  readonly name: string;
  readonly type: Type;
}

/** `args` as pairs, in order: `declare('concat', [['delimiter', string], …], ['output', string], '…')`. */
export function declare(
  name: string,
  args: readonly (readonly [name: string, type: Type])[],
  result: readonly [name: string, type: Type],
  description: string,
  more: Partial<BuiltinDeclaration> = {},
): BuiltinDeclaration {
  return {
    name,
    args: args.map(([argument, type]) => ({ name: argument, type })),
    result: { name: result[0], type: result[1] },
    description,
    ...more,
  };
}
