export { type Bindings, bindingChecks } from './bindings.ts';
export { libraryFiles } from './library.ts';
export { recordVersion } from './policy-versions.ts';
