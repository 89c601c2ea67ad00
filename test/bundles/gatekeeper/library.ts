import { SourceFile } from '../../../src/base/index.ts';
import {
  type CompiledTemplate,
  compileTemplate,
  type FindFile,
  readConstraint,
  readTemplate,
  type Template,
  toInventory,
  toKubernetesObject,
  toReview,
  violationsOf,
} from '../../../src/bundles/gatekeeper/index.ts';
import { fromJson, isObject, type Json, type JsonObject } from '../../../src/values/index.ts';

/** The parts of a template that tests change. */
export interface TemplateParts {
  readonly rego?: string;
  readonly libs?: Json;
  readonly code?: Json;
  readonly parameters?: Json;
  readonly legacySchema?: boolean;
  readonly version?: string;
}

export const denyAll = `package denyall

violation[{"msg": msg}] {
  msg := sprintf("%v is denied", [input.review.object.metadata.name])
}`;

/** A ConstraintTemplate of the kind `DenyAll`. */
export function templateJson(parts: TemplateParts = {}): JsonObject {
  const { rego = denyAll, libs, code, parameters, legacySchema, version = 'v1' } = parts;
  const schema = parameters === undefined ? {} : { openAPIV3Schema: parameters };
  return {
    apiVersion: `templates.gatekeeper.sh/${version}`,
    kind: 'ConstraintTemplate',
    metadata: { name: 'denyall' },
    spec: {
      crd: {
        spec: {
          names: { kind: 'DenyAll' },
          validation: { ...schema, ...(legacySchema !== undefined && { legacySchema }) },
        },
      },
      targets: [
        {
          target: 'admission.k8s.gatekeeper.sh',
          ...(code === undefined ? { rego } : { code }),
          ...(libs !== undefined && { libs }),
        },
      ],
    },
  };
}

export function constraintJson(spec: JsonObject = {}, name = 'deny-all'): JsonObject {
  return { apiVersion: 'constraints.gatekeeper.sh/v1beta1', kind: 'DenyAll', metadata: { name }, spec };
}

export function pod(metadata: JsonObject = { name: 'nginx' }, spec: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec };
}

export function namespace(name: string, labels: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

export function template(parts: TemplateParts = {}): Template {
  const { value, problems } = readTemplate(fromJson(templateJson(parts)), 'template.yaml');
  if (value === undefined) throw new Error(problems.join('\n'));
  return value;
}

export function compiled(parts: TemplateParts = {}): CompiledTemplate {
  const result = compileTemplate(template(parts));
  if (result.compiled === undefined) throw new Error(result.diagnostics.map(each => each.message).join('\n'));
  return result.compiled;
}

export interface Trial extends TemplateParts {
  readonly spec?: JsonObject;
  readonly object?: Json;
  readonly inventory?: readonly Json[];
}

/** The messages of the violations that a template and a constraint find in an object. */
export function messages(trial: Trial = {}): readonly string[] {
  const program = compiled(trial);
  const constraint = readConstraint(fromJson(constraintJson(trial.spec)), program.template);
  const review = toReview(fromJson(trial.object ?? pod()));
  if (!constraint.value || !review.value)
    throw new Error([...constraint.problems, ...review.problems].join('\n'));
  const objects = (trial.inventory ?? []).map(fromJson).filter(isObject).map(toKubernetesObject);
  const inventory = toInventory(objects);
  return violationsOf(program, constraint.value, review.value, inventory, { now: 0n }).map(
    violation => violation.message,
  );
}

/** Files by path; a value that is no text stands as JSON. */
export function filesOf(files: Readonly<Record<string, Json>>): FindFile {
  const texts = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : JSON.stringify(content),
    ]),
  );
  return path => (texts.has(path) ? new SourceFile(path, texts.get(path)!) : undefined);
}
