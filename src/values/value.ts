import type { BigNumber } from './big-number.ts';
import type { ObjectValue } from './object-value.ts';
import type { SetValue } from './set-value.ts';

/** What JavaScript compares by value, and so may be a Map key as it is. */
export type Scalar = null | boolean | number | string;

/**
 * A Rego value. Never changed once made. A number whose decimal value a double prints exactly is a
 * JavaScript number; any other is a BigNumber. Undefined is not a value: it is `undefined`.
 */
export type Value = Scalar | BigNumber | readonly Value[] | ObjectValue | SetValue;

/** Rego's names of types, as `type_name` gives them. */
export type TypeName = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'set';
