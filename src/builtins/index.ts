export {
  type BuiltinContext,
  BuiltinError,
  type BuiltinFunction,
  type BuiltinRelation,
  type EvidenceSource,
  type Need,
} from './builtin.ts';
export { bytesOf, textOf } from './bytes.ts';
export {
  type BuiltinArgument,
  type BuiltinDeclaration,
  type BuiltinResult,
  declare,
} from './declaration.ts';
export { declarations } from './declarations.ts';
export { type HttpFailureCode, httpFailure } from './http.ts';
export { unmarshalJson } from './json-text.ts';
export {
  asArray,
  asBoolean,
  asInteger,
  asNumber,
  asObject,
  asSet,
  asString,
  mismatch,
} from './operands.ts';
export { builtins, relations } from './registry.ts';
export { parseDuration } from './time/duration.ts';
export type { Type } from './types.ts';
export { v0Builtins } from './v0.ts';
export { parseYaml } from './yaml/compose.ts';
