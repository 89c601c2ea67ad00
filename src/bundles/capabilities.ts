import { type BuiltinDeclaration, declarations, type Type } from '../builtins/index.ts';
import type { CheckOptions } from '../language/index.ts';
import type { Json, JsonObject } from '../values/index.ts';

/** Thrown where a text is no capabilities file; the message says why. */
export class CapabilitiesError extends Error {}

const any: Type = { kind: 'any' };
const scalars = ['null', 'boolean', 'number', 'string'] as const;

/**
 * What rules may call, from the JSON that `opa capabilities` prints: built-in functions it does not name are
 * unknown, and those that we do not have are checked by the types it gives them. What else it holds
 * (features, keywords, hosts) is passed over. Throws CapabilitiesError.
 */
export function readCapabilities(text: string): Pick<CheckOptions, 'capabilities' | 'foreign'> {
  const functions = functionsOf(parse(text));
  const foreign = functions.filter(({ name }) => !declarations.has(name));
  return {
    capabilities: new Set(functions.map(({ name }) => name)),
    foreign: new Map(foreign.map(each => [each.name, toDeclaration(each)])),
  };
}

interface ForeignFunction {
  readonly name: string;
  readonly decl: JsonObject;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new CapabilitiesError(error instanceof Error ? error.message : String(error));
  }
}

function functionsOf(json: Json): readonly ForeignFunction[] {
  const builtins = isRecord(json) ? json['builtins'] : undefined;
  if (!isList(builtins)) throw new CapabilitiesError('expected an object with a list of builtins');
  return builtins.map(each => {
    const name = isRecord(each) ? each['name'] : undefined;
    const decl = isRecord(each) ? each['decl'] : undefined;
    if (typeof name !== 'string' || !isRecord(decl))
      throw new CapabilitiesError('each of the builtins must have a name and a decl');
    return { name, decl };
  });
}

function toDeclaration({ name, decl }: ForeignFunction): BuiltinDeclaration {
  const args = decl['args'];
  const variadic = decl['variadic'];
  return {
    name,
    args: (isList(args) ? args : []).map((arg, i) => ({
      name: nameOf(arg) ?? `argument${i + 1}`,
      type: toType(arg),
    })),
    result: { name: 'output', type: toType(decl['result']) },
    description: 'A function of another host.',
    ...(variadic !== undefined && { variadic: toType(variadic) }),
  };
}

/** What is missing or cannot be read may be anything. */
function toType(json: Json | undefined): Type {
  if (!isRecord(json)) return any;
  const kind = json['type'];
  switch (kind) {
    case 'array':
      return toArray(json);
    case 'object':
      return toObject(json);
    case 'set':
      return { kind: 'set', of: toType(json['of']) };
    case 'any': {
      const of = json['of'];
      return isList(of) && of.length > 0 ? { kind: 'union', of: of.map(toType) } : any;
    }
    default: {
      const scalar = scalars.find(each => each === kind);
      return scalar === undefined ? any : { kind: scalar };
    }
  }
}

function toArray({ static: items, dynamic }: JsonObject): Type {
  if (!isList(items)) return { kind: 'array', items: [], dynamic: toType(dynamic) };
  return {
    kind: 'array',
    items: items.map(toType),
    ...(dynamic !== undefined && { dynamic: toType(dynamic) }),
  };
}

function toObject({ static: properties, dynamic }: JsonObject): Type {
  const known = (isList(properties) ? properties : []).filter(isRecord);
  return {
    kind: 'object',
    properties: known.flatMap(({ key, value }) =>
      typeof key === 'string' ? [{ key, value: toType(value) }] : [],
    ),
    ...(isRecord(dynamic) && { dynamic: { key: toType(dynamic['key']), value: toType(dynamic['value']) } }),
  };
}

function nameOf(arg: Json): string | undefined {
  const name = isRecord(arg) ? arg['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

function isRecord(json: Json | undefined): json is JsonObject {
  return json !== null && typeof json === 'object' && !Array.isArray(json);
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}
