export {
  absoluteNumber,
  addNumbers,
  ceilingNumber,
  divideNumbers,
  floorNumber,
  fromBigInt,
  isInteger,
  multiplyAll,
  multiplyIntegers,
  multiplyNumbers,
  negateNumber,
  type RegoNumber,
  remainder,
  roundNumber,
  scaleAndTruncate,
  shiftLeft,
  subtractNumbers,
  sumNumbers,
  toBigInt,
  truncateNumber,
} from './arithmetic.ts';
export { BigNumber, numberOf } from './big-number.ts';
export { compare, compareStrings, equals } from './compare.ts';
export { compareDecimals, type Decimal, parseDecimal } from './decimal.ts';
export { countKeys, type DuplicateKey, findDuplicateKey } from './duplicate-key.ts';
export { hash, isScalar } from './hash.ts';
export { fromJson, type Json, type JsonObject, parseJson, stringify, toJson } from './json.ts';
export { type JsonScan, scanJson } from './json-scan.ts';
export { type Extent, measure } from './measure.ts';
export { metered } from './meter.ts';
export { parseNumber, printNumber, toDecimal } from './number.ts';
export { ObjectBuilder, ObjectValue } from './object-value.ts';
export { toRego } from './print.ts';
export { isPrintable, quote, quoteWith } from './quote.ts';
export { SetBuilder, SetValue } from './set-value.ts';
export { isArray, isNumber, isObject, isSet, typeName } from './type-name.ts';
export type { Scalar, TypeName, Value } from './value.ts';
