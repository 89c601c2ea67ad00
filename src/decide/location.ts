import type { ObjectIdentity } from '../images/index.ts';
import { isObject, type ObjectValue } from '../values/index.ts';
import type { Location } from './verdict.ts';

/**
 * The place that a rule names in `location`: `file`, `line`, `pointer`, `object`, `container`. Undefined where it
 * names none; what is no place of these forms is left out.
 */
export function locationIn(item: ObjectValue): Location | undefined {
  const place = item.get('location');
  if (place === undefined || !isObject(place)) return undefined;
  const line = place.get('line');
  const object = place.get('object');
  const location: Location = {
    ...texts(place, ['file', 'pointer', 'container']),
    ...(typeof line === 'number' && Number.isSafeInteger(line) && line > 0 && { line }),
    ...(object !== undefined && isObject(object) && { object: identityIn(object) }),
  };
  return Object.keys(location).length > 0 ? location : undefined;
}

function identityIn(object: ObjectValue): ObjectIdentity {
  return texts(object, ['apiVersion', 'kind', 'name', 'namespace']);
}

function texts<Key extends string>(
  from: ObjectValue,
  keys: readonly Key[],
): { readonly [key in Key]?: string } {
  const found = keys.map(key => [key, from.get(key)] as const);
  return Object.fromEntries(found.filter(([, value]) => typeof value === 'string')) as {
    [key in Key]?: string;
  };
}
