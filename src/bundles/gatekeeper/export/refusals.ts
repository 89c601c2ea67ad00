import type { Call, Span } from '../../../../grammar/index.ts';
import { type Diagnostic, SourceFile } from '../../../base/index.ts';
import { type CheckedModules, printTerm } from '../../../language/index.ts';
import { isArray, isObject, ObjectValue, type Value } from '../../../values/index.ts';
import type { PolicySource } from '../../read-policy.ts';
import type { DeclaredParameters } from './parameters-schema.ts';
import { templateNames } from './template-names.ts';

/** Functions that Gatekeeper has not, and why. */
const missing: ReadonlyMap<string, string> = new Map([
  ['http.send', 'Gatekeeper is installed without it'],
  ['rego.metadata.rule', 'Gatekeeper does not read METADATA'],
  ['rego.metadata.chain', 'Gatekeeper does not read METADATA'],
]);

/** What of a policy a template cannot express, beside evidence. */
export function templateRefusals(
  { name, data }: PolicySource,
  checked: CheckedModules,
  parameters: DeclaredParameters,
): readonly Diagnostic[] {
  return [
    ...checked.modules.flatMap(moduleRefusals),
    ...settingsRefusals(data),
    ...(isObject(data.get('parameters') ?? ObjectValue.empty)
      ? []
      : [refusal('data.parameters cannot be exported: a Constraint has an object')]),
    ...(parameters.has('provider')
      ? [refusal('the parameter provider cannot be exported: the template has one of that name')]
      : []),
    ...(templateNames(name) === undefined
      ? [
          refusal(
            `no kind can be named after ${JSON.stringify(name)}: expected at most 55 letters and digits`,
          ),
        ]
      : []),
  ];
}

function moduleRefusals({ source, module }: CheckedModules['modules'][number]): readonly Diagnostic[] {
  const found = calls(module.items).flatMap(({ name, span }) => {
    const why = missing.get(name);
    return why === undefined
      ? []
      : [refusal(`the call of ${name} cannot be exported: ${why}`, { source, span })];
  });
  const imports = module.imports
    .filter(({ path }) => path[0] === 'input')
    .map(({ span }) =>
      refusal('an import of input cannot be exported: Gatekeeper refuses it', { source, span }),
    );
  if (module.version === 'v1') return [...found, ...imports];
  const { span } = module.package;
  return [refusal('Rego v0 cannot be exported: a template is of one edition', { source, span })];
}

/** What this service reads of `data.pratique`, and a template does not. */
function settingsRefusals(data: ObjectValue): readonly Diagnostic[] {
  const settings = data.get('pratique') ?? null;
  if (!isObject(settings)) return [];
  const admission = settings.get('admission') ?? null;
  const inner = isObject(admission) ? [...admission.entries()] : [];
  return [
    ...settings
      .keys()
      .filter(key => key !== 'admission')
      .map(key => `data.pratique.${String(key)}`),
    ...inner
      .filter(([key, value]) => !canStay(key, value))
      .map(([key]) => `data.pratique.admission.${String(key)}`),
  ].map(path => refusal(`${path} cannot be exported: only this service reads it`));
}

function canStay(key: Value, value: Value): boolean {
  if (key === 'unchanged_images') return value === 'decide';
  return key === 'exempt_namespaces' && isArray(value) && value.every(name => typeof name === 'string');
}

/** The namespaces that a policy exempts, which a constraint can say too. */
export function exemptNamespaces(data: ObjectValue): readonly string[] {
  const settings = data.get('pratique') ?? null;
  const admission = isObject(settings) ? (settings.get('admission') ?? null) : null;
  const names = isObject(admission) ? (admission.get('exempt_namespaces') ?? null) : null;
  return isArray(names) ? names.filter(name => typeof name === 'string') : [];
}

/** The calls in a part of a syntax tree, which is plain data throughout. */
function calls(node: unknown): readonly { readonly name: string; readonly span: Span }[] {
  if (Array.isArray(node)) return node.flatMap(calls);
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(calls);
  if (!('kind' in node) || node.kind !== 'call') return inner;
  const { function: called, span } = node as Call;
  return [{ name: printTerm(called), span }, ...inner];
}

const nowhere = { source: new SourceFile('', ''), span: { start: 0, end: 0 } };

function refusal(message: string, place: Pick<Diagnostic, 'source' | 'span'> = nowhere): Diagnostic {
  const hint = 'leave it out of what is exported, or let this service decide';
  return { code: 'bundle_error', severity: 'error', message, ...place, hint };
}
