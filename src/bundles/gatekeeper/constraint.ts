import { isObject, ObjectValue, type Value } from '../../values/index.ts';
import { constraintSchema } from './constraint-schema.ts';
import { fieldAt, textAt } from './fields.ts';
import { groupVersion } from './kubernetes-object.ts';
import { isEnforced, type Match, readMatch } from './match.ts';
import { withDefaults } from './schema-defaults.ts';
import { unknownFields } from './schema-unknown.ts';
import { schemaProblems } from './schema-validation.ts';
import type { Template } from './template.ts';

/** A constraint: a template put to work, with parameters, on the objects it matches. */
export interface Constraint {
  readonly kind: string;
  readonly name: string;
  readonly match: Match;
  /** `input.parameters`, the defaults of the template's schema put in. */
  readonly parameters: Value;
  /** Where not, nothing violates it here. */
  readonly enforced: boolean;
}

export interface ReadConstraint {
  readonly value?: Constraint;
  readonly problems: readonly string[];
  /** Whether what is wrong is that the constraint does not fit the schema. */
  readonly misfit: boolean;
}

const versions = ['v1alpha1', 'v1beta1'];
const subdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/u;

/** Reads a constraint of a template, as the API server and Gatekeeper together would let it in. */
export function readConstraint(value: Value, template: Template): ReadConstraint {
  if (!isObject(value)) return refused('this is no object');
  const foreign = kindProblem(value, template);
  if (foreign !== undefined) return refused(foreign);
  const match = readMatch(fieldAt(value, 'spec', 'match'));
  const name = textAt(value, 'metadata', 'name');
  const schema = constraintSchema(template.parameters);
  const misfits = schemaProblems(value, schema);
  if (misfits.length > 0) return { problems: misfits, misfit: true };
  if (match.value === undefined) return refused(...match.problems);
  if (!subdomain.test(name)) return refused(`metadata.name is no name of an object: ${JSON.stringify(name)}`);
  const unknown = unknownFields(value, schema);
  if (unknown.length > 0) return refused(...unknown.map(path => `${path} is no field of ${template.kind}`));
  return { value: toConstraint(value, name, match.value, schema), problems: [], misfit: false };
}

function toConstraint(value: ObjectValue, name: string, match: Match, schema: Value): Constraint {
  return {
    kind: textAt(value, 'kind'),
    name,
    match,
    parameters: fieldAt(withDefaults(value, schema), 'spec', 'parameters') ?? ObjectValue.empty,
    enforced: isEnforced(value),
  };
}

function kindProblem(value: Value, template: Template): string | undefined {
  const { group, version } = groupVersion(textAt(value, 'apiVersion'));
  const kind = textAt(value, 'kind');
  if (group !== 'constraints.gatekeeper.sh') return 'this is no constraint of constraints.gatekeeper.sh';
  if (kind !== template.kind) return `the constraint is a ${kind}, the template is of ${template.kind}`;
  if (!versions.includes(version)) return `the version ${version} is none of ${versions.join(', ')}`;
  return undefined;
}

function refused(...problems: readonly string[]): ReadConstraint {
  return { problems, misfit: false };
}
