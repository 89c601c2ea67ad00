import type { Module } from '../../../grammar/index.ts';
import type { Diagnostic, SourceFile } from '../../base/index.ts';
import { helperRules } from './helpers.ts';
import { reportHiddenFunctions } from './hidden-functions.ts';
import type { LoweredModule, LoweredStatement } from './lowered.ts';
import { Lowering, type PackageScope } from './lowering.ts';
import { type ModuleSource, nameStatements, statementsOf } from './names.ts';
import { ProgramRules } from './program-rules.ts';
import { lowerStatement } from './statement.ts';

/**
 * The modules with their statements as ordinary rules, in the order given, and what is wrong with the
 * statements. Modules of one package are lowered together: names are numbered and `allow` statements are
 * alternatives across its files. A module without statements is given back as it is.
 */
export function lowerModules(modules: readonly ModuleSource[]): {
  readonly lowered: readonly LoweredModule[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const byPackage = Map.groupBy(modules, ({ module }) => JSON.stringify(module.package.path));
  const lowered = new Map<Module, LoweredModule>();
  const program = new ProgramRules(modules.map(({ module }) => module));
  for (const group of byPackage.values())
    for (const [module, result] of lowerPackage(group, program, diagnostics)) lowered.set(module, result);
  return { lowered: modules.map(({ module }) => lowered.get(module)!), diagnostics };
}

/** As `lowerModules`, of a package that is one module. */
export function lowerModule(
  module: Module,
  source: SourceFile,
): { readonly lowered: LoweredModule; readonly diagnostics: readonly Diagnostic[] } {
  const { lowered, diagnostics } = lowerModules([{ module, source }]);
  return { lowered: lowered[0]!, diagnostics };
}

function lowerPackage(
  modules: readonly ModuleSource[],
  program: ProgramRules,
  diagnostics: Diagnostic[],
): Map<Module, LoweredModule> {
  const names = nameStatements(modules, diagnostics);
  const scope: PackageScope = { helpers: new Set(), ruleNames: names.all, program, diagnostics };
  const lowerings = new Map(
    statementsOf(modules).map(placed => [
      placed.statement,
      new Lowering(placed, names.ruleOf.get(placed.statement)!, scope),
    ]),
  );
  const allows = Map.groupBy(
    [...lowerings.values()].filter(({ statement }) => statement.verb === 'allow'),
    ({ statement }) => statement.noun,
  );
  const results = new Map<Lowering, LoweredStatement>();
  for (const lowering of lowerings.values()) {
    const result = lowerStatement(lowering, allows.get(lowering.statement.noun) ?? []);
    if (result !== undefined) results.set(lowering, result);
  }
  const all = [...lowerings.values()];
  addHelpers(all, scope);
  reportHiddenFunctions(
    modules,
    all.flatMap(({ rules }) => rules),
    diagnostics,
  );
  return new Map(
    modules.map(({ module }) => {
      const own = module.items.map(item => (item.kind === 'statement' ? lowerings.get(item)! : item));
      const items = own.flatMap(item => (item instanceof Lowering ? item.rules : [item]));
      const statements = own.flatMap(item => (item instanceof Lowering ? (results.get(item) ?? []) : []));
      return [module, { module: { ...module, items }, statements }];
    }),
  );
}

/** Puts the shared rules in front of those of the first statement. */
function addHelpers(lowerings: readonly Lowering[], { helpers }: PackageScope): void {
  const [first] = lowerings;
  first?.rules.unshift(...[...helpers].flatMap(helper => helperRules(helper, first.statement.span)));
}
