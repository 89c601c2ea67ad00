export { type BuildBundleOptions, buildBundle } from './build-bundle.ts';
export { type ExportedModule, type ExportedPolicy, type ExportOptions, exportPolicy } from './export.ts';
export { type PolicyBundle, type ReadBundleOptions, readBundle } from './read-bundle.ts';
export {
  type SignatureAlgorithm,
  type SigningKey,
  signatureAlgorithms,
  type VerificationKey,
} from './signature.ts';
export { ArchiveError } from './tar.ts';
