export { CapabilitiesError, readCapabilities } from './capabilities.ts';
export { formatSource } from './format-source.ts';
export { hiddenRules } from './hidden-rules.ts';
export {
  DEFAULT_CHANNEL,
  isChannelName,
  isName,
  type PolicyReference,
  parsePolicyReference,
  parseSelector,
  type Selector,
  writePolicyReference,
} from './layers/policy-reference.ts';
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
