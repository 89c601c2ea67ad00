import { toRego } from '../../../values/index.ts';
import { membersOf, type ObjectType, type Type, type Unknown } from './type.ts';

const FEW = 5;
const DEEPEST = 3;

/** A type in words: `string`, `array of number`, `object with "a", "b"`, `null or string`. */
export function describe(type: Type | Unknown, depth = 0): string {
  if (type === undefined) return 'something unknown';
  if (depth > DEEPEST) return type.kind;
  switch (type.kind) {
    case 'any':
      return 'any value';
    case 'array':
      return describeArray(type, depth);
    case 'object':
      return describeObject(type, depth);
    case 'set':
      return type.of ? `set of ${describe(type.of, depth + 1)}` : 'set';
    case 'union':
      return alternatives(membersOf(type).map(member => describe(member, depth + 1)));
    case 'function':
      return `function of ${type.args.length}`;
    default:
      return type.kind;
  }
}

function describeArray({ items, dynamic }: Extract<Type, { kind: 'array' }>, depth: number): string {
  if (items.length === 0) return dynamic ? `array of ${describe(dynamic, depth + 1)}` : 'empty array';
  const shown = items.slice(0, FEW).map(item => describe(item, depth + 1));
  return `array [${shown.join(', ')}${items.length > FEW || dynamic ? ', …' : ''}]`;
}

function describeObject(type: ObjectType, depth: number): string {
  const entries = [...type.properties.values()].slice(0, FEW);
  if (entries.length === 0)
    return type.dynamic ? `object of ${describe(type.dynamic.value, depth + 1)}` : 'empty object';
  const shown = entries.map(({ key, value }) => `${toRego(key)}: ${describe(value, depth + 1)}`);
  return `object {${shown.join(', ')}${type.properties.size > FEW || type.dynamic ? ', …' : ''}}`;
}

/** `a`, `a or b`, `a, b or c`; more than a few are cut. */
export function alternatives(texts: readonly string[]): string {
  const once = [...new Set(texts)];
  if (once.length > FEW) return `${once.slice(0, FEW).join(', ')}, …`;
  if (once.length < 2) return once.join('');
  return `${once.slice(0, -1).join(', ')} or ${once.at(-1)}`;
}
