import type { PolicyOptions } from '../language/index.ts';
import type { Arguments, Option } from './options.ts';

/** What every command that checks rules takes. */
export const checkingOptions: readonly Option[] = [
  { name: 'v0', help: 'read .rego files as Rego v0' },
  { name: 'v0-compatible', help: 'the same, by the name that OPA gives it' },
];

/** The edition of Rego that .rego files are read as. */
export function rulesVersion({ options }: Arguments): { readonly version?: 'v0' } {
  return options.has('v0') || options.has('v0-compatible') ? { version: 'v0' } : {};
}

export function readCheckOptions(_args: Arguments): PolicyOptions {
  return {};
}
