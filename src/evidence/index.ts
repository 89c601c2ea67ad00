export { dnsOverHttps } from './dns-over-https.ts';
export { documentTypes, type EvidenceDocument } from './documents.ts';
export { type Evidence, type EvidenceNeed, type EvidenceResolver, scopeNeed } from './evidence.ts';
export { fetchJson } from './fetch-json.ts';
export type { EvidenceHandler, Found } from './handler.ts';
export { coversPattern, readHosts, toHost, toHostPattern } from './host-pattern.ts';
export { LookUpError } from './look-up-error.ts';
export { type Fetch, type Lookup, type Outside, type OutsideRequest, platformFetch } from './outside.ts';
export { type Pinning, pinReferences } from './pinning.ts';
export {
  type Credentials,
  RegistryCache,
  RegistryClient,
  type RegistrySettings,
  type Repository,
  readDockerConfig,
  repositoryOf,
} from './registry/index.ts';
export { createResolver, type EvidenceSettings, HandlerResolver, type ResolverOptions } from './resolver.ts';
export { readSentFile, SentEvidence } from './sent.ts';
export type { TrustRoot } from './signatures/index.ts';
export { readStoredDocuments, type StoredDocument, type StoredEvidence } from './stored.ts';
export { readTrustRoot } from './trust.ts';
