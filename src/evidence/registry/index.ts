export { RegistryCache } from './cache.ts';
export { RegistryClient } from './client.ts';
export { type Credential, type Credentials, readDockerConfig } from './credentials.ts';
export type { Descriptor, Manifest } from './manifest.ts';
export { type Repository, repositoryOf } from './repository.ts';
export type { RegistrySettings } from './settings.ts';
