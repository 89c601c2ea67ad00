import type { RegoVersion } from '../../../grammar/index.ts';
import { SourceFile } from '../../base/index.ts';
import { isArray, isObject, ObjectBuilder, type ObjectValue, type Value } from '../../values/index.ts';
import { fieldAt, itemsAt, objectAt, textAt, textsAt } from './fields.ts';
import { groupVersion } from './kubernetes-object.ts';
import { type Read, unusable, usable } from './read.ts';

/** A ConstraintTemplate: a kind of constraint, and the Rego that judges for it. */
export interface Template {
  /** The kind of its constraints. */
  readonly kind: string;
  readonly version: RegoVersion;
  /** Has the rule `violation`. */
  readonly entry: SourceFile;
  /** What `data.lib` is to the entry. */
  readonly libs: readonly SourceFile[];
  /** The OpenAPI v3 schema of `spec.parameters`; undefined where there are no parameters. */
  readonly parameters: ObjectValue | undefined;
  /** Engines, beside Rego, that the template has code for and that are not used. */
  readonly otherEngines: readonly string[];
}

const preserve = 'x-kubernetes-preserve-unknown-fields';
const target = 'admission.k8s.gatekeeper.sh';

/** Reads a ConstraintTemplate; `path` names it in what is said of its Rego. The Rego is not yet read. */
export function readTemplate(value: Value, path: string): Read<Template> {
  const { group } = groupVersion(textAt(value, 'apiVersion'));
  if (group !== 'templates.gatekeeper.sh' || textAt(value, 'kind') !== 'ConstraintTemplate')
    return unusable('this is no ConstraintTemplate of templates.gatekeeper.sh');
  const kind = textAt(value, 'spec', 'crd', 'spec', 'names', 'kind');
  const [place, ...others] = itemsAt(value, 'spec', 'targets');
  const problems = [...namingProblems(kind, textAt(value, 'metadata', 'name'))];
  if (place === undefined || others.length > 0) problems.push('spec.targets must have one target');
  else if (textAt(place, 'target') !== target)
    problems.push(`the target is ${JSON.stringify(textAt(place, 'target'))} where it must be ${target}`);
  if (problems.length > 0) return unusable(...problems);
  const code = readCode(place!, path);
  if (code.value === undefined) return unusable(...code.problems);
  return usable({ kind, ...code.value, parameters: parametersSchema(value) });
}

function namingProblems(kind: string, name: string): readonly string[] {
  if (kind === '') return ['spec.crd.spec.names.kind is missing'];
  if (kind.toLowerCase() === name) return [];
  return [
    `metadata.name must be ${kind.toLowerCase()}, the kind ${kind} in lower case, not ${JSON.stringify(name)}`,
  ];
}

type Code = Pick<Template, 'version' | 'entry' | 'libs' | 'otherEngines'>;

/** Rego stands in `code` under its engine, or in the older fields `rego` and `libs`. */
function readCode(place: Value, path: string): Read<Code> {
  const engines = itemsAt(place, 'code');
  const otherEngines = engines.map(item => textAt(item, 'engine')).filter(name => name !== 'Rego');
  const coded = engines.find(item => textAt(item, 'engine') === 'Rego');
  const source = coded === undefined ? place : (fieldAt(coded, 'source') ?? null);
  const rego = textAt(source, 'rego');
  if (rego === '') return unusable(missingRego(otherEngines));
  const libs = fieldAt(source, 'libs') ?? [];
  if (libs !== null && (!isArray(libs) || libs.some(lib => typeof lib !== 'string')))
    return unusable('libs must be a list of texts');
  return usable({
    version: coded !== undefined && textAt(source, 'version') === 'v1' ? 'v1' : 'v0',
    entry: new SourceFile(`${path}#rego`, rego),
    libs: textsAt(source, 'libs').map((lib, i) => new SourceFile(`${path}#libs[${i}]`, lib)),
    otherEngines,
  });
}

function missingRego(otherEngines: readonly string[]): string {
  if (otherEngines.length === 0) return 'the target has no rego';
  return `the template has code for ${otherEngines.join(', ')} only, which is not supported; Rego is`;
}

/** Under `legacySchema`, which older versions take for granted, any parameter may be given. */
function parametersSchema(template: Value): ObjectValue | undefined {
  const { version } = groupVersion(textAt(template, 'apiVersion'));
  const validation = objectAt(template, 'spec', 'crd', 'spec', 'validation');
  const schema = objectAt(validation, 'openAPIV3Schema');
  const legacy = fieldAt(validation, 'legacySchema') ?? version !== 'v1';
  return legacy === true ? opened(schema ?? new ObjectBuilder().build()) : schema;
}

/** The schema with unknown fields allowed wherever an object may stand. */
function opened(schema: ObjectValue): ObjectValue {
  const open = new ObjectBuilder(schema);
  const items = objectAt(schema, 'items');
  const others = objectAt(schema, 'additionalProperties');
  const properties = objectAt(schema, 'properties');
  if (items !== undefined) open.set('items', opened(items));
  if (others !== undefined) open.set('additionalProperties', opened(others));
  if (properties !== undefined) open.set('properties', openedAll(properties));
  if (!open.has('type') || schema.get('type') === 'object') open.set(preserve, true);
  return open.build();
}

function openedAll(properties: ObjectValue): ObjectValue {
  const open = new ObjectBuilder();
  for (const [key, schema] of properties.entries()) open.set(key, isObject(schema) ? opened(schema) : schema);
  return open.build();
}
