import { type BuiltinDeclaration, declare } from '../../builtins/declaration.ts';
import { any, array } from '../../builtins/types.ts';
import type { Value } from '../../values/index.ts';

/** What the annotations of a rule say, as `rego.metadata.rule()` and `rego.metadata.chain()` give it. */
export interface RuleMetadata {
  readonly rule: Value;
  readonly chain: Value;
}

/** Functions that are constants of the rule they are called in: no implementation stands behind them. */
export const metadataDeclarations: ReadonlyMap<string, BuiltinDeclaration> = new Map(
  [
    declare(
      'rego.metadata.chain',
      [],
      ['chain', array(any)],
      'The annotations of the rule, its document, its package and the packages above.',
    ),
    declare('rego.metadata.rule', [], ['output', any], 'The annotations of the rule.'),
  ].map(declaration => [declaration.name, declaration]),
);

/** The constant that a call stands for, or undefined where it is a call of something else. */
export function metadataConstant(name: string, metadata: RuleMetadata): Value | undefined {
  if (name === 'rego.metadata.rule') return metadata.rule;
  return name === 'rego.metadata.chain' ? metadata.chain : undefined;
}
