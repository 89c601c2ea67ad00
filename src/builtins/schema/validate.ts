import type { Budget } from '../../base/index.ts';
import {
  equals,
  hash,
  isArray,
  isNumber,
  isObject,
  type ObjectValue,
  toDecimal,
  type Value,
} from '../../values/index.ts';
import { chargeScan } from '../bytes.ts';
import { marshalJson } from '../go-json.ts';
import { compileRegex, testRegex } from '../re2.ts';
import { hasFormat } from './formats.ts';
import { checkNumber } from './numbers.ts';
import { Outcome } from './problems.ts';
import { type Schema, typesOf } from './schema.ts';

type Path = readonly string[];

const callsPerSchema = 4;

/** What of a document does not fit a schema, in OPA's words and order. */
export function validate(budget: Budget, schema: Schema, document: Value): Outcome {
  return new Validation(budget, schema).outcome(schema.root, document, []);
}

class Validation {
  private readonly budget: Budget;
  private readonly schema: Schema;

  constructor(budget: Budget, schema: Schema) {
    this.budget = budget;
    this.schema = schema;
  }

  outcome(schema: Value, value: Value, path: Path): Outcome {
    const outcome = new Outcome();
    this.check(schema, value, path, outcome);
    return outcome;
  }

  private check(schema: Value, value: Value, path: Path, outcome: Outcome): void {
    if (--this.budget.steps < 0) this.budget.exhausted('steps');
    if (!isObject(schema)) {
      if (schema === false) outcome.add('false', path, 'False always fails validation');
      return;
    }
    // A schema takes several calls of ours.
    this.budget.depth -= callsPerSchema;
    if (this.budget.depth < 0) this.budget.exhausted('depth');
    const reference = schema.get('$ref');
    if (typeof reference === 'string') this.check(this.schema.resolve(reference), value, path, outcome);
    else if (this.typeFits(schema, value, path, outcome)) this.checkKeywords(schema, value, path, outcome);
    this.budget.depth += callsPerSchema;
  }

  private typeFits(schema: ObjectValue, value: Value, path: Path, outcome: Outcome): boolean {
    const types = typesOf(schema);
    const given = jsonType(value);
    if (types === undefined || types.includes(given) || (given === 'integer' && types.includes('number')))
      return true;
    const expected = types.length === 1 ? types[0] : `[${types.join(',')}]`;
    outcome.add('invalid_type', path, `Invalid type. Expected: ${expected}, given: ${given}`);
    return false;
  }

  private checkKeywords(schema: ObjectValue, value: Value, path: Path, outcome: Outcome): void {
    this.checkCombinations(schema, value, path, outcome);
    if (isNumber(value)) checkNumber(schema, value, path, outcome);
    if (isArray(value)) this.checkArray(schema, value, path, outcome);
    if (isObject(value)) this.checkObject(schema, value, path, outcome);
    this.checkCommon(schema, value, path, outcome);
    if (typeof value === 'string') checkString(this.budget, schema, value, path, outcome);
    if (isObject(value)) this.checkProperties(schema, value, path, outcome);
    outcome.fits();
  }

  private checkCombinations(schema: ObjectValue, value: Value, path: Path, outcome: Outcome): void {
    const results = (name: string) => listOf(schema, name).map(inner => this.outcome(inner, value, path));
    const any = results('anyOf');
    if (any.length > 0 && !any.some(({ valid }) => valid)) {
      outcome.add('number_any_of', path, 'Must validate at least one schema (anyOf)');
      outcome.merge(best(any));
    }
    const one = results('oneOf');
    const matches = one.filter(({ valid }) => valid).length;
    if (one.length > 0 && matches !== 1) {
      outcome.add('number_one_of', path, 'Must validate one and only one schema (oneOf)');
      if (matches === 0) outcome.merge(best(one));
    }
    const all = results('allOf');
    for (const result of all) outcome.merge(result);
    if (!all.every(({ valid }) => valid))
      outcome.add('number_all_of', path, 'Must validate all the schemas (allOf)');
    const not = schema.get('not');
    if (not !== undefined && this.outcome(not, value, path).valid)
      outcome.add('number_not', path, 'Must not validate the schema (not)');
    if (isObject(value)) this.checkDependencies(schema, value, path, outcome);
    this.checkCondition(schema, value, path, outcome);
    outcome.fits();
  }

  private checkDependencies(schema: ObjectValue, value: ObjectValue, path: Path, outcome: Outcome): void {
    for (const [key, dependency] of entriesOf(schema, 'dependencies')) {
      if (!value.has(key)) continue;
      if (!isArray(dependency)) this.check(dependency, value, path, outcome);
      else
        for (const other of dependency)
          if (!value.has(other))
            outcome.add('missing_dependency', path, `Has a dependency on ${String(other)}`);
    }
  }

  private checkCondition(schema: ObjectValue, value: Value, path: Path, outcome: Outcome): void {
    const condition = schema.get('if');
    if (condition === undefined) return;
    const holds = this.outcome(condition, value, path).valid;
    const branch = schema.get(holds ? 'then' : 'else');
    if (branch === undefined) return;
    const result = this.outcome(branch, value, path);
    if (result.valid) return;
    if (holds) outcome.add('condition_then', path, 'Must validate "then" as "if" was valid');
    else outcome.add('condition_else', path, 'Must validate "else" as "if" was not valid');
    outcome.merge(result);
  }

  private checkCommon(schema: ObjectValue, value: Value, path: Path, outcome: Outcome): void {
    const field = path.length === 0 ? '(Root)' : path.join('.');
    const constant = schema.get('const');
    if (constant !== undefined && !equals(constant, value))
      outcome.add('const', path, `${field} does not match: ${marshalJson(this.budget, constant)}`);
    const allowed = listOf(schema, 'enum');
    if (allowed.length > 0 && !allowed.some(item => equals(item, value))) {
      const texts = allowed.map(item => marshalJson(this.budget, item)).join(', ');
      outcome.add('enum', path, `${field} must be one of the following: ${texts}`);
    }
    const format = schema.get('format');
    if (typeof format === 'string' && typeof value === 'string' && !hasFormat(this.budget, format, value))
      outcome.add('format', path, `Does not match format '${format}'`);
    outcome.fits();
  }

  private checkArray(schema: ObjectValue, value: readonly Value[], path: Path, outcome: Outcome): void {
    const items = schema.get('items');
    const listed = items !== undefined && isArray(items) ? items : undefined;
    const others = listed ? schema.get('additionalItems') : items;
    for (const [i, item] of value.entries()) {
      const inner = listed?.[i] ?? others;
      const isBeyond = listed !== undefined && i >= listed.length;
      if (isBeyond && inner === false) {
        if (i === listed.length)
          outcome.add('array_no_additional_items', path, 'No additional items allowed on array');
      } else if (inner !== undefined) outcome.merge(this.outcome(inner, item, [...path, String(i)]));
    }
    checkCount(schema, 'minItems', value.length, least =>
      outcome.add('array_min_items', path, `Array must have at least ${least} items`),
    );
    checkCount(schema, 'maxItems', value.length, most =>
      outcome.add('array_max_items', path, `Array must have at most ${most} items`),
    );
    if (schema.get('uniqueItems') === true) checkUnique(value, path, outcome);
    this.checkContains(schema.get('contains'), value, path, outcome);
    outcome.fits();
  }

  private checkContains(
    inner: Value | undefined,
    value: readonly Value[],
    path: Path,
    outcome: Outcome,
  ): void {
    if (inner === undefined) return;
    const results: Outcome[] = [];
    for (const [i, item] of value.entries()) {
      const result = this.outcome(inner, item, [...path, String(i)]);
      if (result.valid) return;
      results.push(result);
    }
    outcome.add('contains', path, 'At least one of the items must match');
    if (results.length > 0) outcome.merge(best(results));
  }

  private checkObject(schema: ObjectValue, value: ObjectValue, path: Path, outcome: Outcome): void {
    checkCount(schema, 'minProperties', value.size, least =>
      outcome.add('array_min_properties', path, `Must have at least ${least} properties`),
    );
    checkCount(schema, 'maxProperties', value.size, most =>
      outcome.add('array_max_properties', path, `Must have at most ${most} properties`),
    );
    for (const key of listOf(schema, 'required'))
      if (value.has(key)) outcome.fits();
      else outcome.add('required', path, `${String(key)} is required`);
    for (const [key, item] of value.entries()) this.checkOther(schema, String(key), item, path, outcome);
    const names = schema.get('propertyNames');
    for (const key of names === undefined ? [] : value.keys()) {
      const result = this.outcome(names!, key, path);
      if (result.valid) continue;
      outcome.add('invalid_property_name', path, `Property name of "${String(key)}" does not match`);
      outcome.merge(result);
    }
    outcome.fits();
  }

  /** A property by the patterns of its key, or as an additional one. */
  private checkOther(schema: ObjectValue, key: string, item: Value, path: Path, outcome: Outcome): void {
    let matched = entriesOf(schema, 'properties').some(([name]) => name === key);
    for (const [pattern, inner] of entriesOf(schema, 'patternProperties')) {
      if (!testRegex(this.budget, compileRegex(this.budget, String(pattern)), key)) continue;
      matched = true;
      outcome.merge(this.outcome(inner, item, [...path, key]));
      outcome.fits();
    }
    const additional = schema.get('additionalProperties');
    if (matched || additional === undefined) return;
    if (additional === false)
      outcome.add('additional_property_not_allowed', path, `Additional property ${key} is not allowed`);
    else outcome.merge(this.outcome(additional, item, [...path, key]));
  }

  private checkProperties(schema: ObjectValue, value: ObjectValue, path: Path, outcome: Outcome): void {
    for (const [key, inner] of entriesOf(schema, 'properties')) {
      const item = value.get(key);
      if (item !== undefined) this.check(inner, item, [...path, String(key)], outcome);
    }
  }
}

function jsonType(value: Value): string {
  if (value === null) return 'null';
  if (isNumber(value)) return toDecimal(value).exponent >= 0 ? 'integer' : 'number';
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value;
  return isObject(value) ? 'object' : 'array';
}

/** The outcome that fits most, the first of equals. */
function best(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce((most, outcome) => (outcome.score > most.score ? outcome : most));
}

function checkString(budget: Budget, schema: ObjectValue, value: string, path: Path, outcome: Outcome): void {
  chargeScan(budget, value.length);
  const length = [...value].length;
  checkCount(schema, 'minLength', length, least =>
    outcome.add('string_gte', path, `String length must be greater than or equal to ${least}`),
  );
  checkCount(schema, 'maxLength', length, most =>
    outcome.add('string_lte', path, `String length must be less than or equal to ${most}`),
  );
  const pattern = schema.get('pattern');
  if (typeof pattern === 'string' && !testRegex(budget, compileRegex(budget, pattern), value))
    outcome.add('pattern', path, `Does not match pattern '${pattern}'`);
  outcome.fits();
}

function checkCount(schema: ObjectValue, name: string, count: number, fail: (limit: number) => void): void {
  const limit = schema.get(name);
  if (typeof limit === 'number' && (name.startsWith('min') ? count < limit : count > limit)) fail(limit);
}

function checkUnique(value: readonly Value[], path: Path, outcome: Outcome): void {
  const places = new Map<string, number>();
  for (const [j, item] of value.entries()) {
    const name = hash(item);
    const i = places.get(name);
    if (i !== undefined) outcome.add('unique', path, `array items[${i},${j}] must be unique`);
    places.set(name, j);
  }
}

function listOf(schema: ObjectValue, name: string): readonly Value[] {
  const list = schema.get(name);
  return list !== undefined && isArray(list) ? list : [];
}

function entriesOf(schema: ObjectValue, name: string): readonly (readonly [key: Value, value: Value])[] {
  const object = schema.get(name);
  return object !== undefined && isObject(object) ? [...object.entries()] : [];
}
