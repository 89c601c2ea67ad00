import type { Json } from '../../values/index.ts';

/** The rules of one package that make a decision; part of the plan, JSON only. */
export interface PackageDecisions {
  /** Without `data`: `acme`, `production`. */
  readonly path: readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly rules: readonly DecisionRule[];
}

export interface DecisionRule {
  /** The rule's name in its package: `deny_tag`, `deny`, `allow`. */
  readonly name: string;
  /**
   * `statement`: a set of the objects that lower/lowered.ts describes. `exempt`: likewise, exemptions.
   * `deny`, `violation`, `warn`: a set (or, from a complete rule, one value) of strings or of objects
   * with `msg`. `allow`: a boolean that must be true.
   */
  readonly kind: 'statement' | 'exempt' | 'deny' | 'violation' | 'warn' | 'allow';
  readonly severity: 'error' | 'warning';
  /** `deny`, `tag`; only of statements. */
  readonly verb?: string;
  readonly noun?: string;
  /** The set of image indexes a statement looked at; absent where it looks at every image. */
  readonly scopeRule?: string;
  /** From `# METADATA` above the rule, else of the package. */
  readonly title?: string;
  readonly description?: string;
  readonly custom?: Json;
  /** 1-based. */
  readonly source: { readonly file: string; readonly line: number; readonly column: number };
}
