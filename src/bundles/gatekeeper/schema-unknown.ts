import { isArray, isObject, type Value } from '../../values/index.ts';
import { fieldAt, objectAt } from './fields.ts';

/** What every object has at its root, whether the schema tells of it or not. */
const rootFields: readonly Value[] = ['apiVersion', 'kind', 'metadata'];

/**
 * The paths of the fields of which an OpenAPI v3 schema does not tell, and which the API server would
 * therefore drop. `x-kubernetes-preserve-unknown-fields` allows any.
 */
export function unknownFields(value: Value, schema: Value): readonly string[] {
  const found: string[] = [];
  search(value, schema, '', found);
  return found;
}

function search(value: Value, schema: Value | undefined, path: string, found: string[]): void {
  const open = fieldAt(schema, 'x-kubernetes-preserve-unknown-fields') === true;
  if (isArray(value)) {
    const items = fieldAt(schema, 'items');
    if (open && items === undefined) return;
    for (const [i, item] of value.entries()) search(item, items, `${path}[${i}]`, found);
  }
  if (!isObject(value)) return;
  const properties = objectAt(schema, 'properties');
  const others = fieldAt(schema, 'additionalProperties');
  for (const [key, item] of value.entries()) {
    if (path === '' && rootFields.includes(key)) continue;
    const place = path === '' ? String(key) : `${path}.${String(key)}`;
    const inner = properties?.get(key) ?? (others === false ? undefined : others);
    if (inner !== undefined) search(item, inner, place, found);
    else if (!open) found.push(place);
  }
}
