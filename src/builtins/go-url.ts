import { ObjectValue, type Value } from '../values/index.ts';
import { readReference } from './uri-reference.ts';

/** A URI reference as Go's `url.URL` becomes JSON. Throws BuiltinError where the text is none. */
export function goUrl(text: string): Value {
  const { scheme, opaque, authority, path, rawPath, query, hasQuery, fragment, rawFragment } =
    readReference(text);
  return ObjectValue.of([
    ['Scheme', scheme],
    ['Opaque', opaque],
    ['User', authority?.hasUser ? ObjectValue.empty : null],
    ['Host', authority?.host ?? ''],
    ['Path', path],
    ['RawPath', rawPath],
    ['OmitHost', scheme !== '' && authority === undefined && path.startsWith('/')],
    ['ForceQuery', hasQuery && query === ''],
    ['RawQuery', query],
    ['Fragment', fragment],
    ['RawFragment', rawFragment],
  ]);
}
