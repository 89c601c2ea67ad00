export { decodeBase64, decodeRawBase64Url } from './base64.ts';
export {
  type BuiltinContext,
  BuiltinError,
  type BuiltinFunction,
  type BuiltinRelation,
  type EvidenceSource,
  type Need,
} from './builtin.ts';
export { bytesOf, hexOf, textOf } from './bytes.ts';
export { digest, type HashName, type Scheme, verifySignature } from './crypto/primitives.ts';
export {
  type BuiltinArgument,
  type BuiltinDeclaration,
  type BuiltinResult,
  declare,
} from './declaration.ts';
export { declarations } from './declarations.ts';
export { type HttpFailureCode, httpFailure } from './http.ts';
export { unmarshalJson } from './json-text.ts';
export { signaturePair } from './jwt/verification.ts';
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
export { Schema as JsonSchema } from './schema/schema.ts';
export { validate as validateDocument } from './schema/validate.ts';
export { parseDuration } from './time/duration.ts';
export type { Type } from './types.ts';
export { v0Builtins } from './v0.ts';
export { type Certificate, parseCertificate } from './x509/certificate.ts';
export { certificateValue } from './x509/certificate-value.ts';
export { verifyChain } from './x509/chain.ts';
export {
  childrenOf,
  context,
  type DerElement,
  integerOf,
  oidOf,
  readElements,
  readOnly,
  tags,
} from './x509/der.ts';
export type { NameAttribute } from './x509/name.ts';
export { decodePemBlocks } from './x509/pem.ts';
export { type PublicKey, parsePublicKey } from './x509/public-key.ts';
export { parseYaml } from './yaml/compose.ts';
