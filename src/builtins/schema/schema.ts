import type { Budget } from '../../base/index.ts';
import { isArray, isNumber, isObject, type ObjectValue, toDecimal, type Value } from '../../values/index.ts';
import { BuiltinError } from '../builtin.ts';
import { compileRegex } from '../re2.ts';
import { chargeSteps } from '../text.ts';
import { readReference } from '../uri-reference.ts';

/** The keywords that hold a schema, a list of schemas, or schemas by key. */
const single = [
  'additionalItems',
  'additionalProperties',
  'contains',
  'else',
  'if',
  'not',
  'propertyNames',
  'then',
];
const many = ['allOf', 'anyOf', 'oneOf'];
const keyed = ['patternProperties', 'properties'];

const counts = ['maxItems', 'maxLength', 'maxProperties', 'minItems', 'minLength', 'minProperties'];
const typeNames = ['array', 'boolean', 'integer', 'number', 'null', 'object', 'string'];

/** A JSON Schema (drafts 4, 6 and 7), checked, with what its references stand for. */
export class Schema {
  readonly root: Value;
  private readonly budget: Budget;
  private readonly checked = new Set<Value>();

  /** Throws BuiltinError where it is no schema; nothing outside is ever fetched for it. */
  constructor(budget: Budget, root: Value) {
    this.budget = budget;
    this.root = root;
    if (!isObject(root) && typeof root !== 'boolean') invalid('schema is invalid');
    if (isObject(root) && typeof (root.get('$schema') ?? '') !== 'string')
      invalid('$schema must be of a string');
    this.check(root);
  }

  /** What a reference stands for. Throws BuiltinError where it leads nowhere or outside. */
  resolve(reference: string): Value {
    const base = isObject(this.root) ? (this.root.get('$id') ?? this.root.get('id')) : undefined;
    const isLocal =
      reference.startsWith('#') || (typeof base === 'string' && reference.startsWith(`${base}#`));
    if (!isLocal) return reference === base ? this.root : invalid(`reference ${reference} leads outside`);
    let value: Value | undefined = this.root;
    for (const key of pointer(reference.slice(reference.indexOf('#') + 1))) {
      if (isArray(value)) value = value[Number(key)];
      else value = isObject(value) ? value.get(key) : undefined;
      if (value === undefined) return invalid(`Object has no key '${key}'`);
    }
    return value;
  }

  private check(schema: Value, name = 'schema'): void {
    if (typeof schema === 'boolean' || this.checked.has(schema)) return;
    if (!isObject(schema)) invalid(`${name} must be of an object`);
    this.checked.add(schema);
    chargeSteps(this.budget, 8);
    const id = textAt(schema, idKeyword(this.root, schema));
    if (id !== undefined) readReference(id);
    for (const name of ['title', 'description']) textAt(schema, name);
    for (const item of objectAt(schema, 'definitions')?.values() ?? []) this.check(item);
    const reference = schema.get('$ref');
    if (reference !== undefined) {
      this.check(this.resolve(textOf(reference, '$ref')));
      return;
    }
    checkTypes(schema.get('type'));
    checkScalars(this.budget, schema);
    for (const name of single) this.checkAt(schema, name);
    for (const name of many) for (const item of listAt(schema, name)) this.check(item);
    for (const name of keyed) for (const item of objectAt(schema, name)?.values() ?? []) this.check(item);
    for (const pattern of objectAt(schema, 'patternProperties')?.keys() ?? [])
      checkPattern(this.budget, pattern);
    const items = schema.get('items');
    if (items !== undefined)
      for (const item of isArray(items) ? items : [items])
        this.check(schemaOf(item, 'items', 'Valid Schema/Array Of Schemas'));
    for (const item of objectAt(schema, 'dependencies')?.values() ?? []) this.checkDependency(item);
  }

  private checkDependency(dependency: Value): void {
    if (isArray(dependency)) for (const name of dependency) textOf(name, 'dependencies');
    else if (isObject(dependency) || typeof dependency === 'boolean') this.check(dependency);
    else invalid('Dependency must be of type Schema Or Array Of Strings');
  }

  private checkAt(schema: ObjectValue, name: string): void {
    const inner = schema.get(name);
    if (inner === undefined) return;
    if (name.startsWith('additional')) this.check(schemaOf(inner, name, 'boolean/Valid Schema'));
    else this.check(inner, name);
  }
}

/** The keyword that names a schema: `id` in draft 4, `$id` later; where no draft is named, the one that is there. */
function idKeyword(root: Value, schema: ObjectValue): 'id' | '$id' {
  const named = isObject(root) ? root.get('$schema') : undefined;
  const draft = typeof named === 'string' ? drafts.exec(named)?.[1] : undefined;
  if (draft === undefined) return schema.has('id') ? 'id' : '$id';
  return draft === '04' ? 'id' : '$id';
}

const drafts = /^http:\/\/json-schema\.org\/draft-(04|06|07)\/schema#?$/u;

/** The types that a schema allows; undefined where it allows all. */
export function typesOf(schema: ObjectValue): readonly string[] | undefined {
  const type = schema.get('type');
  if (type === undefined) return undefined;
  return (isArray(type) ? type : [type]) as readonly string[];
}

function checkTypes(type: Value | undefined): void {
  if (type === undefined) return;
  const seen = new Set<Value>();
  for (const name of isArray(type) ? type : [type]) {
    if (typeof name !== 'string') invalid('Invalid type. Expected: type, given: string/Array Of Strings');
    if (!typeNames.includes(name)) invalid(notAType(name));
    if (seen.has(name)) invalid(`${name} type is duplicated`);
    seen.add(name);
  }
}

function notAType(name: string): string {
  const valid = typeNames.join(' ');
  return `has a primitive type that is NOT VALID -- given: /${name}/ Expected valid values are:[${valid}]`;
}

function checkScalars(budget: Budget, schema: ObjectValue): void {
  for (const name of counts) {
    const count = schema.get(name);
    if (count === undefined) continue;
    if (!isNumber(count) || toDecimal(count).exponent < 0) invalid(`${name} must be of an integer`);
    if (toDecimal(count).coefficient < 0n) invalid(`${name} must be greater than or equal to 0`);
  }
  for (const name of ['maximum', 'minimum', 'multipleOf']) {
    const bound = schema.get(name);
    if (bound !== undefined && !isNumber(bound)) invalid(`${name} must be of a Number`);
  }
  const multiple = schema.get('multipleOf');
  if (multiple !== undefined && isNumber(multiple) && toDecimal(multiple).coefficient <= 0n)
    invalid('multipleOf must be strictly greater than 0');
  for (const item of listAt(schema, 'required')) textOf(item, 'required');
  textAt(schema, 'format');
  if (typeof (schema.get('uniqueItems') ?? false) !== 'boolean') invalid('uniqueItems must be of a boolean');
  const pattern = schema.get('pattern');
  if (pattern !== undefined) checkPattern(budget, pattern);
  listAt(schema, 'enum');
}

function checkPattern(budget: Budget, pattern: Value): void {
  const text = textOf(pattern, 'pattern');
  try {
    compileRegex(budget, text);
  } catch (error) {
    if (!(error instanceof BuiltinError)) throw error;
    invalid('pattern must be a valid regex');
  }
}

function textAt(schema: ObjectValue, name: string): string | undefined {
  const text = schema.get(name);
  return text === undefined ? undefined : textOf(text, name);
}

function listAt(schema: ObjectValue, name: string): readonly Value[] {
  const list = schema.get(name);
  if (list === undefined) return [];
  return isArray(list) ? list : invalid(`${name} must be of an array`);
}

function objectAt(schema: ObjectValue, name: string): ObjectValue | undefined {
  const object = schema.get(name);
  return object === undefined || isObject(object)
    ? object
    : invalid(`${name[0]!.toUpperCase()}${name.slice(1)} must be of type object`);
}

function schemaOf(value: Value, name: string, expected: string): Value {
  if (isObject(value) || typeof value === 'boolean') return value;
  return invalid(`Invalid type. Expected: ${expected}, given: ${name}`);
}

function textOf(value: Value, name: string): string {
  return typeof value === 'string' ? value : invalid(`Invalid type. Expected: string, given: ${name}`);
}

function pointer(fragment: string): readonly string[] {
  if (fragment === '' || fragment === '/') return [];
  const keys = fragment.replace(/^\//u, '').split('/');
  return keys.map(key => decode(key).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decode(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

function invalid(message: string): never {
  throw new BuiltinError(message);
}
