import type { PolicyInput } from '../decide/index.ts';

/** The policies that can be named; looking one up makes nothing but its texts. */
export interface PolicyLibrary {
  readonly names: readonly string[];
  find(name: string): PolicyInput | undefined;
}
