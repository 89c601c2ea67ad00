export { type DecideOptions, decide } from './decide.ts';
export { policyDigest, sha256 } from './digest.ts';
export { type Document, type DocumentOptions, evaluateDocument } from './document.ts';
export { MAX_ROUNDS } from './evidence-rounds.ts';
export { type ExemptionObject, isDigest } from './exemption-object.ts';
export { policyExtractors } from './extractors.ts';
export {
  type FormatOptions,
  type FormattedVerdict,
  formatVerdict,
  isVerdictFormat,
  type VerdictFormat,
  verdictFormats,
} from './formats/index.ts';
export { layerOf } from './layer-of.ts';
export { holdsNothing } from './nothing.ts';
export {
  type LoadedPolicy,
  loadPlan,
  loadPolicy,
  type PolicyInput,
  type StoredPlan,
  storePlan,
} from './policy.ts';
export { PolicyCache } from './policy-cache.ts';
export type {
  Cost,
  Decision,
  Exemption,
  Fix,
  ImageVerdict,
  Location,
  PolicyIdentity,
  PolicyLayer,
  PolicyPlace,
  Summary,
  Unchecked,
  Verdict,
  VerdictError,
  Violation,
} from './verdict.ts';
