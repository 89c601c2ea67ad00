import { ObjectBuilder, type Value } from '../values/index.ts';
import { BuiltinError, type BuiltinFunction } from './builtin.ts';
import { asString } from './operands.ts';
import { readReference, splitHost } from './uri-reference.ts';

export const uriFamily: Readonly<Record<string, BuiltinFunction>> = {
  'uri.parse': (_context, text) => parse(asString(text!, 1)),
  'uri.is_valid': (_context, text) => typeof text === 'string' && text !== '' && isUri(text),
};

function parse(text: string): Value {
  const { scheme, authority, path, rawPath, query, fragment } = readReference(text);
  const { hostname, port } = splitHost(authority?.host ?? '');
  const builder = new ObjectBuilder();
  const parts = { scheme, hostname, port, path, raw_path: rawPath || path, raw_query: query, fragment };
  for (const [name, part] of Object.entries(parts)) if (part !== '') builder.set(name, part);
  return builder.build();
}

function isUri(text: string): boolean {
  try {
    readReference(text);
    return true;
  } catch (error) {
    if (error instanceof BuiltinError) return false;
    throw error;
  }
}
