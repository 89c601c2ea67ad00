import type { Json } from '../../../values/index.ts';
import {
  any,
  arrayType,
  boolean,
  join,
  number,
  objectType,
  string,
  type Type,
  type Unknown,
} from './type.ts';

type Schema = { readonly [key: string]: Json };

/** The type that a JSON Schema describes, as far as types can say it; a text says why it cannot be read. */
export function schemaType(schema: Json): Type | string {
  try {
    return new SchemaReader(schema).read(schema);
  } catch (error) {
    if (error instanceof SchemaError) return error.message;
    throw error;
  }
}

class SchemaError extends Error {}

const typeNames = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const DEEPEST = 100;

class SchemaReader {
  private readonly root: Json;
  /** References that are being read: what leads back to one may be anything. */
  private readonly open = new Set<string>();

  constructor(root: Json) {
    this.root = root;
  }

  read(json: Json, depth = 0): Type {
    if (json === true) return any;
    if (!isSchema(json)) throw new SchemaError('a schema is an object');
    if (depth > DEEPEST) throw new SchemaError('the schema is nested too deeply');
    if (typeof json['$ref'] === 'string') return this.reference(json['$ref'], depth);
    if (Array.isArray(json['anyOf'])) return this.anyOf(json, json['anyOf'] as readonly Json[], depth);
    if (Array.isArray(json['allOf'])) return this.allOf(json, json['allOf'] as readonly Json[], depth);
    return this.plain(json, depth);
  }

  private plain(schema: Schema, depth: number): Type {
    const names = typesOf(schema);
    const has = (name: string) => names.includes(name);
    if (has('boolean')) return boolean;
    if (has('string')) return string;
    if (has('integer') || has('number')) return number;
    if (has('object') || (names.length === 0 && isSchema(schema['properties'])))
      return this.object(schema, depth);
    if (has('array') || (names.length === 0 && schema['items'] !== undefined))
      return this.array(schema, depth);
    return any;
  }

  private object(schema: Schema, depth: number): Type {
    const properties = isSchema(schema['properties']) ? Object.entries(schema['properties']) : [];
    if (properties.length === 0) return objectType([], { key: any, value: any });
    return objectType(properties.map(([key, value]) => ({ key, value: this.read(value, depth + 1) })));
  }

  private array({ items }: Schema, depth: number): Type {
    if (Array.isArray(items)) {
      const types = (items as readonly Json[]).map(item => this.read(item, depth + 1));
      return types.length === 0 ? arrayType([], any) : arrayType(types);
    }
    return arrayType([], items === undefined ? any : this.read(items, depth + 1));
  }

  private anyOf(schema: Schema, members: readonly Json[], depth: number): Type {
    let type: Type | Unknown;
    if (typesOf(schema).length > 0) {
      const core = this.plain(schema, depth);
      if (core.kind === 'object' && core.properties.size > 0 && !core.dynamic) type = core;
    }
    for (const member of members) type = join(type, this.read(member, depth + 1));
    return type ?? any;
  }

  private allOf(schema: Schema, members: readonly Json[], depth: number): Type {
    const parts = members.map(member => this.resolved(member)).filter(part => !isChoice(part));
    if (parts.length === 0) return any;
    const all = typesOf(schema).length > 0 ? [...parts, schema] : parts;
    const kinds = new Set(all.map(kindOf));
    if (kinds.size > 1)
      throw new SchemaError(`the parts of allOf have different types: ${[...kinds].join(' and ')}`);
    const { allOf: _, ...own } = merged(all);
    return this.plain(own, depth);
  }

  private resolved(json: Json): Schema {
    let at = json;
    for (let hops = 0; isSchema(at) && typeof at['$ref'] === 'string'; hops++) {
      if (hops > DEEPEST) throw new SchemaError('the references of the schema go round');
      at = this.find(at['$ref']);
    }
    return isSchema(at) ? at : {};
  }

  private reference(text: string, depth: number): Type {
    if (this.open.has(text)) return any;
    this.open.add(text);
    const type = this.read(this.find(text), depth + 1);
    this.open.delete(text);
    return type;
  }

  private find(text: string): Json {
    if (!text.startsWith('#')) throw new SchemaError(`the schema refers to ${text}, which is not in it`);
    let at: Json | undefined = this.root;
    for (const part of text.slice(1).split('/').slice(1)) {
      const key = decodeURIComponentSafely(part).replaceAll('~1', '/').replaceAll('~0', '~');
      at = isSchema(at) && Object.hasOwn(at, key) ? at[key] : undefined;
    }
    if (at === undefined) throw new SchemaError(`the schema refers to ${text}, which is not in it`);
    return at;
  }
}

function isSchema(json: Json | undefined): json is Schema {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** A part that only says what else may be: it adds nothing to a merged type. */
function isChoice(schema: Schema): boolean {
  return kindOf(schema) === '' && schema['anyOf'] !== undefined;
}

function kindOf(schema: Schema): string {
  const names = typesOf(schema);
  if (names.length > 0) return names.join(', ');
  if (isSchema(schema['properties'])) return 'object';
  return schema['items'] === undefined ? '' : 'array';
}

function typesOf({ type }: Schema): string[] {
  const names = type === undefined ? [] : Array.isArray(type) ? type : [type];
  return names.map(name => {
    if (typeof name !== 'string' || !typeNames.includes(name))
      throw new SchemaError(`the schema has the unknown type ${JSON.stringify(name)}`);
    return name;
  });
}

function merged(parts: readonly Schema[]): Schema {
  const properties = parts.flatMap(({ properties }) =>
    isSchema(properties) ? Object.entries(properties) : [],
  );
  const whole: Schema = Object.fromEntries(parts.flatMap(part => Object.entries(part)));
  return properties.length === 0 ? whole : { ...whole, properties: Object.fromEntries(properties) };
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
