import { limits } from '../base/index.ts';
import { CapabilitiesError, readCapabilities } from '../bundles/index.ts';
import type { CheckOptions } from '../language/index.ts';
import { readText } from './files.ts';
import { type Arguments, type Option, single } from './options.ts';
import { UsageError } from './usage-error.ts';

/** How rules are read. */
export const versionOptions: readonly Option[] = [
  { name: 'v0', help: 'read .rego files as Rego v0' },
  { name: 'v0-compatible', help: 'the same, by the name that OPA gives it' },
];

/** Which functions rules may call. */
export const functionOptions: readonly Option[] = [
  {
    name: 'capabilities',
    value: 'FILE',
    help: 'the built-in functions there are, as opa capabilities prints them',
  },
  {
    name: 'ignore-unknown-builtins',
    help: 'take calls of unknown functions as calls that may give anything',
  },
];

/** The edition of Rego that .rego files are read as. */
export function rulesVersion({ options }: Arguments): { readonly version?: 'v0' } {
  return options.has('v0') || options.has('v0-compatible') ? { version: 'v0' } : {};
}

export function readCheckOptions(args: Arguments): CheckOptions {
  const path = single(args, 'capabilities');
  return {
    strict: args.options.has('strict'),
    ignoreUnknownBuiltins: args.options.has('ignore-unknown-builtins'),
    ...(path !== undefined && capabilitiesOf(path)),
  };
}

function capabilitiesOf(path: string): CheckOptions {
  try {
    return readCapabilities(readText(path, limits.bodyBytes));
  } catch (error) {
    if (!(error instanceof CapabilitiesError)) throw error;
    throw new UsageError(
      `${path} is no capabilities file: ${error.message}`,
      'opa capabilities --current prints one',
    );
  }
}
