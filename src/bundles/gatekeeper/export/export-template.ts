import type { Diagnostic } from '../../../base/index.ts';
import { checkPolicy, type Plan, planPolicy } from '../../../language/index.ts';
import { type Json, ObjectBuilder, type ObjectValue, type Value } from '../../../values/index.ts';
import { constantPath, isInputNode } from '../../data-node.ts';
import { exportPolicy } from '../../opa/index.ts';
import type { PolicySource, TextFile } from '../../read-policy.ts';
import { dataModule } from './data-module.ts';
import { entryModule } from './entry.ts';
import { movedModule } from './moved-module.ts';
import { declaredBy } from './parameters-schema.ts';
import { templateRefusals } from './refusals.ts';
import { templateNames } from './template-names.ts';
import { constraintObject, templateObject } from './template-objects.ts';

/** A policy as Gatekeeper's objects. */
export interface ExportedTemplate {
  readonly template: Json;
  readonly constraint: Json;
}

export interface ExportTemplateOptions {
  /** The Provider that is asked where statements need evidence; without one such statements cannot leave. */
  readonly provider?: string;
}

/**
 * A policy as a ConstraintTemplate that decides as it does, and a Constraint with its parameters. No template where a
 * diagnostic is an error. With a provider, that one decides about each image what cannot be decided in the cluster.
 */
export function exportTemplate(
  source: PolicySource,
  library: readonly TextFile[],
  { provider }: ExportTemplateOptions = {},
): { readonly exported?: ExportedTemplate; readonly diagnostics: readonly Diagnostic[] } {
  const { policy, diagnostics } = exportPolicy(source, library, {
    evidence: provider === undefined ? 'refuse' : 'leave out',
    hint: 'let a Provider of this service answer for it: --provider NAME',
  });
  const { checked } = checkPolicy(source.files);
  if (policy === undefined || checked === undefined) return { diagnostics };
  const declared = declaredBy(source);
  const refused = templateRefusals(source, checked, declared);
  if (refused.length > 0) return { diagnostics: refused };
  const names = templateNames(source.name)!;
  const asks = policy.leftOut.length > 0;
  const entry = entryModule({
    package: names.template,
    decides: policy.deciding.length > 0,
    provider: asks,
    ...(declared.size > 0 && { parameters: [...declared.keys(), ...(asks ? ['provider'] : [])] }),
  });
  const data = dataModule(withoutParameters(source.data), policy.packages);
  const libs = [
    ...policy.modules.map(({ text }) => movedModule(text)),
    ...(data === undefined ? [] : [data]),
  ];
  const about = readsObjects(planPolicy(checked)) ? 'everything' : 'workloads';
  return {
    exported: {
      template: templateObject({ names, entry, libs, declared, provider: asks }),
      constraint: constraintObject({ names, source, declared, about, ...(asks && { provider }) }),
    },
    diagnostics,
  };
}

function withoutParameters(data: ObjectValue): ObjectValue {
  const builder = new ObjectBuilder(data);
  builder.delete('parameters');
  return builder.build();
}

/** Whether rules look at more than the images, so that objects without any concern them. */
function readsObjects(plan: Plan): boolean {
  const open: unknown[] = [plan.groups];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (isInputNode(node) && !imageKeys.includes(constantPath(node, plan)[0])) return true;
    open.push(...Object.values(node));
  }
  return false;
}

const imageKeys: readonly (Value | undefined)[] = ['images', 'context'];
