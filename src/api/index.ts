export { createApp } from './app.ts';
export type { AppDeps, BindingCheck } from './deps.ts';
export { registryHost } from './registry-credentials.ts';
