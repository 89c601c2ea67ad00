export { RegistryCache } from './cache.ts';
export { RegistryClient } from './client.ts';
export { readConfig } from './config.ts';
export { type Credential, type Credentials, readDockerConfig } from './credentials.ts';
export type { Descriptor, Manifest } from './manifest.ts';
export {
  type Attached,
  type AttachedText,
  findAttestations,
  findDocuments,
  findSignatures,
  type Place,
} from './material.ts';
export { fitOf, isNowhere, isSure, type Platform, parsePlatform } from './platform.ts';
export { type Repository, repositoryOf } from './repository.ts';
export type { RegistrySettings } from './settings.ts';
