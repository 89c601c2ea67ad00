import type { Module, Rule, Statement } from '../../../grammar/index.ts';

/**
 * A module whose statements have become rules. Names that begin with `$` are generated: no text can
 * hold one, so they meet no name of the author's.
 */
export interface LoweredModule {
  readonly module: Omit<Module, 'items'> & { readonly items: readonly Rule[] };
  readonly statements: readonly LoweredStatement[];
}

/** What became of one statement. */
export interface LoweredStatement {
  readonly statement: Statement;
  /**
   * The partial set that holds its violations (`exempt`: its exemptions); each element is an object:
   * `image` (index in input.images), `message`, and where they apply `expected`, `found`, `because`,
   * `indeterminate: true`, `fix`. An exemption has `image`, `rules`, `until` and `because`;
   * one that cannot apply has `problem` in place of the last two.
   */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /**
   * A partial set with the indexes of the images that the statement looked at;
   * absent where it looks at all of them.
   */
  readonly scopeRule?: string;
}
