export { CapabilitiesError, readCapabilities } from './capabilities.ts';
export { diffRules } from './diff/rule-diff.ts';
export { diffFiles } from './diff/text-diff.ts';
export { unifiedDiff } from './diff/unified-diff.ts';
export { formatSource } from './format-source.ts';
export { hiddenRules } from './hidden-rules.ts';
export {
  type Layer,
  layerLabel,
  layerName,
  layerProblem,
  policySetOf,
  setSource,
  versionDigest,
} from './layers/layer.ts';
export { loadLayers } from './layers/load-layers.ts';
export {
  type Lock,
  lockedVersions,
  lockOf,
  lockProblems,
  writeLock,
} from './layers/lock.ts';
export type { VersionManifest } from './layers/manifest.ts';
export {
  DEFAULT_CHANNEL,
  isChannelName,
  isName,
  namePattern,
  type PolicyReference,
  parsePolicyReference,
  parseSelector,
  type Selector,
  writePolicyReference,
} from './layers/policy-reference.ts';
export { preparePublication } from './layers/publication.ts';
export {
  type ResolvedLayer,
  type StackedLayer,
  stackLayers,
  usableLayers,
} from './layers/resolved-layer.ts';
export { fileProblems, tooManyFiles } from './layers/version-files.ts';
export { PolicyLibrary } from './library.ts';
export { type FileTree, isProgramPart, type ProgramSource, readProgram } from './program.ts';
export {
  isPolicyPart,
  type PolicySource,
  type ReadPolicy,
  type ReadPolicyOptions,
  readLibraryPolicy,
  readPolicy,
  type TextFile,
} from './read-policy.ts';
export { readValue } from './value-file.ts';
