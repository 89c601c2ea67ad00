export { CapabilitiesError, readCapabilities } from './capabilities.ts';
export { PolicyLibrary } from './library.ts';
export {
  isPolicyPart,
  type PolicySource,
  type ReadPolicy,
  type ReadPolicyOptions,
  readLibraryPolicy,
  readPolicy,
  type TextFile,
} from './read-policy.ts';
