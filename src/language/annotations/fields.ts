import type { Span } from '../../../grammar/index.ts';
import { parseTerm } from '../../../grammar/index.ts';
import { fromJson, type Json, ObjectValue, type Value } from '../../values/index.ts';
import type { SchemaDeclaration } from './annotation.ts';

export type Fields = { readonly [key: string]: Json };

/** What is wrong with what a metadata block says. */
export class AnnotationError extends Error {}

/** What a block says, read and checked; throws AnnotationError. */
export interface AnnotationFields {
  readonly scope: string | undefined;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly entrypoint: boolean;
  readonly schemas: readonly SchemaDeclaration[];
  /** As Rego sees it, without the scope; what is empty is left out. */
  readonly entries: readonly (readonly [string, Value])[];
}

export function readFields(fields: Fields, span: Span): AnnotationFields {
  const title = textOf(fields, 'title');
  const description = textOf(fields, 'description');
  const entrypoint = flagOf(fields, 'entrypoint');
  const schemas = listOf(fields, 'schemas').map(each => readSchema(each, span));
  const entries: [string, Value | undefined][] = [
    ['title', title],
    ['description', description],
    ['entrypoint', entrypoint || undefined],
    ['organizations', filled(listOf(fields, 'organizations').map(organization))],
    ['related_resources', filled(listOf(fields, 'related_resources').map(relatedResource))],
    ['authors', filled(listOf(fields, 'authors').map(author))],
    ['schemas', filled(schemas.map(schemaValue))],
    ['custom', objectOf(fields, 'custom')],
    ['labels', objectOf(fields, 'labels')],
  ];
  objectOf(fields, 'compile');
  return {
    scope: textOf(fields, 'scope'),
    title,
    description,
    entrypoint,
    schemas,
    entries: entries.filter((entry): entry is [string, Value] => entry[1] !== undefined && entry[1] !== ''),
  };
}

function isFields(json: Json | undefined): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function own(fields: Fields, key: string): Json | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function textOf(fields: Fields, key: string): string | undefined {
  const value = own(fields, key);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') throw new AnnotationError(`"${key}" is a text, not ${kindOf(value)}`);
  return String(value);
}

function flagOf(fields: Fields, key: string): boolean {
  const value = own(fields, key) ?? false;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(?:y|yes|on)$/iu.test(value)) return true;
  if (typeof value === 'string' && /^(?:n|no|off)$/iu.test(value)) return false;
  throw new AnnotationError(`"${key}" is true or false, not ${kindOf(value)}`);
}

function listOf(fields: Fields, key: string): readonly Json[] {
  const value = own(fields, key) ?? [];
  if (!Array.isArray(value)) throw new AnnotationError(`"${key}" is a list, not ${kindOf(value)}`);
  return value as readonly Json[];
}

function objectOf(fields: Fields, key: string): Value | undefined {
  const value = own(fields, key) ?? undefined;
  if (value === undefined) return undefined;
  if (!isFields(value))
    throw new AnnotationError(`"${key}" has names and values, it is not ${kindOf(value)}`);
  return Object.keys(value).length === 0 ? undefined : fromJson(value);
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'names and values' : JSON.stringify(value);
}

function filled(values: readonly Value[]): Value | undefined {
  return values.length === 0 ? undefined : values;
}

function organization(json: Json): Value {
  if (typeof json === 'object' && json !== null) throw new AnnotationError('an organization is a text');
  return json === null ? '' : String(json);
}

function relatedResource(json: Json): Value {
  if (typeof json === 'string') return ObjectValue.of([['ref', url(json)]]);
  if (!isFields(json))
    throw new AnnotationError('a related resource is a URL, or has `ref` and `description`');
  const ref = url(trimmed(json, 'ref'));
  const description = trimmed(json, 'description');
  return ObjectValue.of(
    description === ''
      ? [['ref', ref]]
      : [
          ['ref', ref],
          ['description', description],
        ],
  );
}

function url(text: string): string {
  if (text === '') throw new AnnotationError('a related resource has a URL as its `ref`');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: URLs hold none
  if (/[\u0000-\u001f\u007f]|%(?![0-9a-f]{2})|^:/iu.test(text))
    throw new AnnotationError(`the related resource ${JSON.stringify(text)} is not a URL`);
  return text;
}

function author(json: Json): Value {
  const { name, email } = typeof json === 'string' ? authorOf(json) : authorFields(json);
  return ObjectValue.of([
    ...(name === '' ? [] : [['name', name] as [Value, Value]]),
    ...(email === '' ? [] : [['email', email] as [Value, Value]]),
  ]);
}

/** `Jo Smith <jo@acme.example>`: a last word between angle brackets is the address. */
function authorOf(text: string): { name: string; email: string } {
  const words = text.split(/\s+/u).filter(word => word !== '');
  if (words.length === 0) throw new AnnotationError('an author is not empty');
  const last = words.at(-1)!;
  const hasEmail = last.startsWith('<') && last.endsWith('>') && last.length > 1;
  const name = (hasEmail ? words.slice(0, -1) : words).join(' ');
  return { name, email: hasEmail ? last.slice(1, -1) : '' };
}

function authorFields(json: Json): { name: string; email: string } {
  if (!isFields(json)) throw new AnnotationError('an author is a text, or has `name` and `email`');
  const name = trimmed(json, 'name');
  const email = trimmed(json, 'email');
  if (name === '' && email === '') throw new AnnotationError('an author has a `name`, an `email`, or both');
  return { name, email };
}

function trimmed(fields: Fields, key: string): string {
  const value = own(fields, key);
  return typeof value === 'string' ? value.trim() : '';
}

function readSchema(json: Json, span: Span): SchemaDeclaration {
  const [entry] = isFields(json) ? Object.entries(json) : [];
  const path = entry && documentPath(entry[0]);
  const isDocument = path && (path.length > 1 || path[0] === 'input' || path[0] === 'data');
  if (!entry || !isDocument) throw new AnnotationError('a schema is for a document: `- input: {…}`');
  const [text, definition] = entry;
  if (typeof definition === 'string') {
    if (documentPath(definition)?.[0] !== 'schema')
      throw new AnnotationError(
        `${JSON.stringify(definition)} is no schema reference: they begin with "schema"`,
      );
    return { path, span };
  }
  if (!isFields(definition))
    throw new AnnotationError(`the schema for "${text}" is neither a reference nor a schema`);
  return { path, definition, span };
}

/** The names of a reference such as `data.acme.users`. */
function documentPath(text: string): string[] | undefined {
  const { term } = parseTerm(text);
  if (term?.kind === 'var') return [term.name];
  if (term?.kind !== 'ref' || term.head.kind !== 'var') return undefined;
  const names = term.path.map(part =>
    part.kind === 'dot' ? part.name : part.term.kind === 'string' ? part.term.value : undefined,
  );
  const known = names.filter(name => name !== undefined);
  return known.length === names.length ? [term.head.name, ...known] : undefined;
}

function schemaValue({ path, definition }: SchemaDeclaration): Value {
  const at: [Value, Value] = ['path', [...path]];
  return ObjectValue.of(definition === undefined ? [at] : [at, ['definition', fromJson(definition)]]);
}
