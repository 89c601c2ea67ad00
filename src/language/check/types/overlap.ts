import { select, valuesOf } from './selection.ts';
import { type ArrayType, membersOf, type ObjectType, type Type, type Unknown } from './type.ts';

/** Whether some value may be of both types. */
export function overlap(a: Type | Unknown, b: Type | Unknown): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.kind === 'any') return b.kind !== 'function';
  if (b.kind === 'any') return a.kind !== 'function';
  if (a === b) return true;
  if (a.kind === 'union') return a.of.some(member => overlap(member, b));
  if (b.kind === 'union') return membersOf(b).some(member => overlap(a, member));
  switch (a.kind) {
    case 'array':
      return b.kind === 'array' && arrays(a, b);
    case 'object':
      return b.kind === 'object' && objects(a, b);
    case 'set':
      return b.kind === 'set' && (!a.of || !b.of || overlap(valuesOf(a), valuesOf(b)));
    case 'function':
      return (
        b.kind === 'function' &&
        a.args.length === b.args.length &&
        a.args.every((arg, i) => overlap(arg, b.args[i]))
      );
    default:
      return a.kind === b.kind;
  }
}

function arrays(a: ArrayType, b: ArrayType): boolean {
  const length = Math.max(a.items.length, b.items.length);
  for (let i = 0; i < length; i++) {
    if (!overlap(a.items[i] ?? a.dynamic, b.items[i] ?? b.dynamic)) return false;
  }
  return !a.dynamic || !b.dynamic || overlap(a.dynamic, b.dynamic);
}

function objects(a: ObjectType, b: ObjectType): boolean {
  if (!propertiesIn(a, b) || !propertiesIn(b, a)) return false;
  const dynamicA = a.dynamic?.value;
  const dynamicB = b.dynamic?.value;
  return !dynamicA || !dynamicB || overlap(dynamicA, dynamicB);
}

/** Whether the known properties of one object may be in another. */
function propertiesIn(a: ObjectType, b: ObjectType): boolean {
  for (const { key, value } of a.properties.values()) {
    const other = select(b, key);
    if (other === undefined) {
      if (!a.dynamic?.value && !b.dynamic?.value) return false;
    } else if (!overlap(value, other)) return false;
  }
  return true;
}
