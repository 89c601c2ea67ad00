import { RE2JS } from 're2js';
import {
  compare,
  divideNumbers,
  equals,
  isArray,
  isInteger,
  isNumber,
  isObject,
  type ObjectValue,
  type RegoNumber,
  SetValue,
  stringify,
  type Value,
} from '../../values/index.ts';
import { fieldAt, itemsAt, objectAt, textAt } from './fields.ts';

/**
 * What of a value does not fit an OpenAPI v3 schema as Kubernetes has it, each with its path; nothing
 * where all fits. A schema's own mistakes (a pattern that is none) do not fit anything.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions
 */
export function schemaProblems(value: Value, schema: Value, path = ''): readonly string[] {
  if (!isObject(schema)) return [];
  if (value === null && schema.get('nullable') === true) return [];
  const here = path === '' ? 'the object' : path;
  return [
    ...typeProblems(value, schema).map(problem => `${here} ${problem}`),
    ...enumProblems(value, schema).map(problem => `${here} ${problem}`),
    ...ownProblems(value, schema).map(problem => `${here} ${problem}`),
    ...innerProblems(value, schema, path),
    ...combinedProblems(value, schema, path),
  ];
}

const types: ReadonlyMap<string, (value: Value) => boolean> = new Map<string, (value: Value) => boolean>([
  ['object', isObject],
  ['array', isArray],
  ['string', value => typeof value === 'string'],
  ['boolean', value => typeof value === 'boolean'],
  ['number', isNumber],
  ['integer', value => isNumber(value) && isInteger(value)],
]);

function typeProblems(value: Value, schema: ObjectValue): readonly string[] {
  if (schema.get('x-kubernetes-int-or-string') === true) {
    const fits = typeof value === 'string' || (isNumber(value) && isInteger(value));
    return fits ? [] : ['must be a string or an integer'];
  }
  const type = textAt(schema, 'type');
  const fits = types.get(type)?.(value) ?? true;
  return fits ? [] : [`must be of type ${type}`];
}

function enumProblems(value: Value, schema: ObjectValue): readonly string[] {
  const allowed = fieldAt(schema, 'enum');
  if (allowed === undefined || !isArray(allowed) || allowed.some(item => equals(item, value))) return [];
  return [`must be one of ${allowed.map(stringify).join(', ')}`];
}

/** What the value breaks by itself, its members aside. */
function ownProblems(value: Value, schema: ObjectValue): readonly string[] {
  if (typeof value === 'string') return textProblems(value, schema);
  if (isNumber(value)) return numberProblems(value, schema);
  if (isArray(value)) return arrayProblems(value, schema);
  return isObject(value) ? sizeProblems(value.size, schema, 'Properties', 'properties') : [];
}

function textProblems(value: string, schema: ObjectValue): readonly string[] {
  const length = [...value].length;
  const pattern = fieldAt(schema, 'pattern');
  const problems = sizeProblems(length, schema, 'Length', 'characters');
  if (typeof pattern !== 'string' || fitsPattern(value, pattern)) return problems;
  return [...problems, `must match the pattern ${pattern}`];
}

function fitsPattern(value: string, pattern: string): boolean {
  try {
    return RE2JS.compile(pattern).matcher(value).find();
  } catch {
    return false;
  }
}

function arrayProblems(value: readonly Value[], schema: ObjectValue): readonly string[] {
  const problems = sizeProblems(value.length, schema, 'Items', 'items');
  if (schema.get('uniqueItems') !== true || SetValue.of(value).size === value.length) return problems;
  return [...problems, 'must not have an item twice'];
}

function sizeProblems(size: number, schema: ObjectValue, name: string, noun: string): readonly string[] {
  const minimum = schema.get(`min${name}`);
  const maximum = schema.get(`max${name}`);
  return [
    ...(typeof minimum === 'number' && size < minimum ? [`must have at least ${minimum} ${noun}`] : []),
    ...(typeof maximum === 'number' && size > maximum ? [`must have at most ${maximum} ${noun}`] : []),
  ];
}

function numberProblems(value: Value, schema: ObjectValue): readonly string[] {
  const problems: string[] = [];
  const minimum = schema.get('minimum');
  const maximum = schema.get('maximum');
  const step = schema.get('multipleOf');
  if (minimum !== undefined && beyond(minimum, value, schema.get('exclusiveMinimum')))
    problems.push(`must be at least ${stringify(minimum)}`);
  if (maximum !== undefined && beyond(value, maximum, schema.get('exclusiveMaximum')))
    problems.push(`must be at most ${stringify(maximum)}`);
  if (step !== undefined && isNumber(value) && isNumber(step) && !isMultiple(value, step))
    problems.push(`must be a multiple of ${stringify(step)}`);
  return problems;
}

/** Whether `low` is above `high`, or at it where that is excluded. */
function beyond(low: Value, high: Value, exclusive: Value | undefined): boolean {
  const order = compare(low, high);
  return order > 0 || (order === 0 && exclusive === true);
}

function isMultiple(value: RegoNumber, step: RegoNumber): boolean {
  return !equals(step, 0) && isInteger(divideNumbers(value, step));
}

function innerProblems(value: Value, schema: ObjectValue, path: string): readonly string[] {
  if (isArray(value)) {
    const items = fieldAt(schema, 'items');
    return items === undefined
      ? []
      : value.flatMap((item, i) => schemaProblems(item, items, `${path}[${i}]`));
  }
  return isObject(value) ? memberProblems(value, schema, path) : [];
}

function memberProblems(value: ObjectValue, schema: ObjectValue, path: string): readonly string[] {
  const at = (key: Value) => (path === '' ? String(key) : `${path}.${String(key)}`);
  const properties = objectAt(schema, 'properties');
  const others = fieldAt(schema, 'additionalProperties');
  const required = itemsAt(schema, 'required').filter(key => !value.has(key));
  const members = [...value.entries()].flatMap(([key, item]) => {
    const inner = properties?.get(key) ?? others;
    if (inner === false) return [`${at(key)} is not known`];
    return inner === undefined ? [] : schemaProblems(item, inner, at(key));
  });
  return [...required.map(key => `${at(key)} is required`), ...members];
}

function combinedProblems(value: Value, schema: ObjectValue, path: string): readonly string[] {
  const here = path === '' ? 'the object' : path;
  const fits = (other: Value) => schemaProblems(value, other, path).length === 0;
  const problems = itemsAt(schema, 'allOf').flatMap(other => schemaProblems(value, other, path));
  const any = itemsAt(schema, 'anyOf');
  const one = itemsAt(schema, 'oneOf');
  const not = fieldAt(schema, 'not');
  return [
    ...problems,
    ...(any.length > 0 && !any.some(fits) ? [`${here} fits none of the schemas of anyOf`] : []),
    ...(one.length > 0 && one.filter(fits).length !== 1
      ? [`${here} must fit one of the schemas of oneOf`]
      : []),
    ...(not !== undefined && fits(not) ? [`${here} fits the schema of not`] : []),
  ];
}
