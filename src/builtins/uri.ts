import { ObjectBuilder, type Value } from '../values/index.ts';
import { BuiltinError, type BuiltinFunction } from './builtin.ts';
import { asString } from './operands.ts';
import { parseUri } from './uri-reference.ts';

export const uriFamily: Readonly<Record<string, BuiltinFunction>> = {
  'uri.parse': (_context, text) => parse(asString(text!, 1)),
  'uri.is_valid': (_context, text) => typeof text === 'string' && text !== '' && isUri(text),
};

function parse(text: string): Value {
  const builder = new ObjectBuilder();
  for (const [name, part] of Object.entries(parseUri(text))) if (part !== '') builder.set(name, part);
  return builder.build();
}

function isUri(text: string): boolean {
  try {
    parseUri(text);
    return true;
  } catch (error) {
    if (error instanceof BuiltinError) return false;
    throw error;
  }
}
