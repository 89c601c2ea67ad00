import type { Diagnostic } from '../../base/index.ts';
import {
  type CheckedModules,
  checkPolicy,
  type Plan,
  type PolicyOptions,
  planPolicy,
} from '../../language/index.ts';
import type { ObjectValue } from '../../values/index.ts';
import { hiddenRules } from '../hidden-rules.ts';
import type { ProgramSource } from '../program.ts';
import { announceCases } from './test-cases.ts';
import { separateTests, type TestRule } from './test-rules.ts';

/** Tests that can be run. */
export interface TestSuite {
  readonly checked: CheckedModules;
  readonly plan: Plan;
  readonly data: ObjectValue;
  readonly tests: readonly TestRule[];
}

/** The tests of a program; none where its diagnostics hold an error. */
export function loadTests(
  { files, data, problems }: ProgramSource,
  options: Omit<PolicyOptions, 'prepare'> = {},
): { readonly suite?: TestSuite; readonly diagnostics: readonly Diagnostic[] } {
  let tests: readonly TestRule[] = [];
  const prepare: PolicyOptions['prepare'] = modules => {
    const separated = separateTests(modules);
    tests = separated.tests;
    return separated.modules;
  };
  const { checked, diagnostics } = checkPolicy(files, { ...options, prepare });
  const all = [...problems, ...diagnostics];
  if (checked === undefined || problems.length > 0) return { diagnostics: all };
  const plan = announceCases(planPolicy(checked), tests);
  const conflicts = hiddenRules(checked, plan, data);
  if (conflicts.length > 0) return { diagnostics: [...all, ...conflicts] };
  return { suite: { checked, plan, data, tests }, diagnostics: all };
}
