import { Budget, closest, type Diagnostic, Halt } from '../../base/index.ts';
import { BuiltinError, JsonSchema, validateDocument } from '../../builtins/index.ts';
import { fromJson, isObject, type JsonObject, stringify, typeName, type Value } from '../../values/index.ts';
import type { ParameterDeclaration } from '../parameters.ts';
import { problem } from '../policy-data.ts';
import { layerError, sourceOf } from './collisions.ts';
import type { LayerContent } from './layer-content.ts';

/** A parameter as one layer gives it. */
interface Given {
  readonly layer: LayerContent;
  readonly name: string;
  readonly value: Value;
}

/** What is wrong with the parameters that layers declare, give and lock. */
export function parameterProblems(layers: readonly LayerContent[]): readonly Diagnostic[] {
  const declared = Map.groupBy(
    layers.flatMap(layer => [...layer.parameters]),
    ([name]) => name,
  );
  const given = layers.flatMap(givenBy);
  return [
    ...layers.flatMap(noObject),
    ...layers.flatMap(layer => schemaErrors(layer)),
    ...given.flatMap(each => [
      ...twice(each, given),
      ...lockedElsewhere(each, layers),
      ...undeclared(each, declared, layers),
      ...(declared.get(each.name) ?? []).flatMap(([, declaration]) => unfitting(each, declaration)),
    ]),
  ];
}

/** Nothing below it could be given, nor locked. */
function noObject(layer: LayerContent): readonly Diagnostic[] {
  const parameters = layer.data.get('parameters');
  if (parameters === undefined || isObject(parameters)) return [];
  const message = `data.parameters must be an object, found ${typeName(parameters)}`;
  return [layerError(problem(sourceOf(layer, 'parameters'), message))];
}

function givenBy(layer: LayerContent): readonly Given[] {
  const parameters = layer.data.get('parameters');
  if (parameters === undefined || !isObject(parameters)) return [];
  return [...parameters.entries()].map(([key, value]) => ({
    layer,
    value,
    name: typeof key === 'string' ? key : stringify(key),
  }));
}

/** Said once, at the layer above. */
function twice(each: Given, given: readonly Given[]): readonly Diagnostic[] {
  const other = given.slice(given.indexOf(each) + 1).find(({ name }) => name === each.name);
  if (other === undefined) return [];
  return [wrong(each, `is given by ${other.layer.label} already`, 'only one layer may give it')];
}

function lockedElsewhere({ layer, name, value }: Given, layers: readonly LayerContent[]) {
  const other = layers.find(
    each => each !== layer && each.set?.locked !== 'all' && each.set?.locked.includes(`parameters.${name}`),
  );
  if (other === undefined) return [];
  return [wrong({ layer, name, value }, `is locked by ${other.label}`, 'leave it out')];
}

/** Of a policy that stands alone and declares nothing, parameters are as it likes. */
function undeclared(
  each: Given,
  declared: ReadonlyMap<string, unknown>,
  layers: readonly LayerContent[],
): readonly Diagnostic[] {
  if (declared.has(each.name) || (layers.length === 1 && declared.size === 0)) return [];
  const near = closest(each.name, declared.keys());
  const known = declared.size > 0 ? `there are ${[...declared.keys()].sort().join(', ')}` : 'there are none';
  return [
    wrong(each, 'is declared by no layer', near === undefined ? known : `did you mean ${near}? ${known}`),
  ];
}

function unfitting(each: Given, declaration: ParameterDeclaration): readonly Diagnostic[] {
  if (!isSchema(declaration)) return [];
  try {
    const budget = new Budget();
    const found = validateDocument(
      budget,
      new JsonSchema(budget, fromJson(declaration)),
      each.value,
    ).problems;
    return found.map(({ field, description }) => {
      const where = field === '(Root)' ? '' : `, at ${field}`;
      return wrong(each, `does not fit its schema${where}: ${description}`);
    });
  } catch (error) {
    if (error instanceof BuiltinError) return [];
    if (error instanceof Halt) return [wrong(each, `cannot be held against its schema: ${error.message}`)];
    throw error;
  }
}

/** Schemas that are none. */
function schemaErrors(layer: LayerContent): readonly Diagnostic[] {
  return [...layer.parameters].flatMap(([name, declaration]) => {
    if (!isSchema(declaration)) return [];
    try {
      new JsonSchema(new Budget(), fromJson(declaration));
      return [];
    } catch (error) {
      if (!(error instanceof BuiltinError || error instanceof Halt)) throw error;
      const message = `custom.parameters.${name} is no JSON schema: ${error.message}`;
      return [layerError(problem(layer.files[0]!.source, message))];
    }
  });
}

function isSchema(declaration: ParameterDeclaration): declaration is JsonObject {
  return typeof declaration === 'object' && declaration !== null && !Array.isArray(declaration);
}

function wrong({ layer, name }: Given, message: string, hint?: string): Diagnostic {
  return layerError(problem(sourceOf(layer, 'parameters'), `data.parameters.${name} ${message}`, hint));
}
