import { compare, isArray, isObject, isSet, type Value } from '../../../values/index.ts';
import type { ArrayOperand, ObjectOperand, Operand } from '../../normal/normal.ts';
import { opened } from '../../normal/operands.ts';
import type { TypeEnvironment } from './environment.ts';
import { overlap } from './overlap.ts';
import { select, valuesOf } from './selection.ts';
import { rememberComprehension, typeOf } from './terms.ts';
import {
  type ArrayType,
  any,
  join,
  membersOf,
  type ObjectType,
  type Type,
  typeOfValue,
  type Unknown,
} from './type.ts';

/**
 * Whether an operand may have a value of a type. Locals of which nothing is known take that type;
 * with `widen`, those that have one may have either.
 */
export function infer(env: TypeEnvironment, operand: Operand, type: Type | Unknown, widen = false): boolean {
  switch (operand.kind) {
    case 'const':
      return fits(operand.value, type);
    case 'local': {
      const known = env.locals.get(operand.local);
      if (!widen && known) return overlap(known, type);
      env.locals.set(operand.local, widen ? join(known, type) : type);
      return true;
    }
    case 'array':
    case 'object':
    case 'set':
      return inferComposite(env, operand, type, widen);
    default: {
      // What OPA holds in a variable of its own may widen as any other does.
      const known = typeOf(env, operand);
      if (widen && known === undefined && operand.kind === 'comprehension')
        rememberComprehension(operand, type);
      return widen || known === undefined || overlap(known, type);
    }
  }
}

type Composite = Extract<Operand, { kind: 'array' | 'object' | 'set' }>;

function inferComposite(
  env: TypeEnvironment,
  operand: Composite,
  type: Type | Unknown,
  widen: boolean,
): boolean {
  if (type === undefined) return false;
  if (type.kind === 'any') {
    for (const part of partsOf(operand)) infer(env, part, any, true);
    return true;
  }
  if (type.kind === 'union') {
    let fitting = false;
    for (const member of membersOf(type)) fitting = inferComposite(env, operand, member, true) || fitting;
    return fitting;
  }
  if (operand.kind === 'array') return type.kind === 'array' && inferItems(env, operand.items, type, widen);
  if (operand.kind === 'object') return type.kind === 'object' && inferProperties(env, operand, type, widen);
  return type.kind === 'set' && operand.items.every(item => infer(env, item, valuesOf(type), widen));
}

function partsOf(operand: Composite): readonly Operand[] {
  return operand.kind === 'object'
    ? operand.entries.flatMap(({ key, value }) => [key, value])
    : operand.items;
}

function inferItems(
  env: TypeEnvironment,
  items: readonly Operand[],
  type: ArrayType,
  widen: boolean,
): boolean {
  if (items.length !== type.items.length && !type.dynamic) return false;
  return items.every((item, i) => infer(env, item, type.items[i] ?? type.dynamic, widen));
}

function inferProperties(
  env: TypeEnvironment,
  { entries }: ObjectOperand,
  type: ObjectType,
  widen: boolean,
): boolean {
  if (entries.length !== type.properties.size && !type.dynamic?.value) return false;
  return sorted(entries).every(({ key, value }) => {
    if (key.kind !== 'const') {
      infer(env, value, any, widen);
      return true;
    }
    const wanted = select(type, key.value);
    return wanted !== undefined && infer(env, value, wanted, widen);
  });
}

/** In the order of constant keys, in which variables take their types; other keys follow as written. */
function sorted(entries: ObjectOperand['entries']): ObjectOperand['entries'] {
  return entries.toSorted(({ key: a }, { key: b }) => {
    if (a.kind === 'const' && b.kind === 'const') return compare(a.value, b.value);
    return Number(a.kind !== 'const') - Number(b.kind !== 'const');
  });
}

/** Whether a constant may be of a type, its parts held against the type's one by one. */
function fits(value: Value, type: Type | Unknown): boolean {
  if (type === undefined) return false;
  if (type.kind === 'any') return true;
  if (type.kind === 'union') return type.of.some(member => fits(value, member));
  if (isArray(value)) {
    if (type.kind !== 'array' || (value.length !== type.items.length && !type.dynamic)) return false;
    return value.every((item, i) => fits(item, type.items[i] ?? type.dynamic));
  }
  if (isSet(value)) return type.kind === 'set' && value.items().every(item => fits(item, type.of));
  if (!isObject(value)) return overlap(typeOfValue(value), type);
  if (type.kind !== 'object') return false;
  if (value.size !== type.properties.size && !type.dynamic?.value) return false;
  return [...value.entries()].every(([key, each]) => {
    const wanted = select(type, key);
    return wanted !== undefined && fits(each, wanted);
  });
}

/** Whether two operands may be equal; what is known of one side is learnt for the other. */
export function unify(env: TypeEnvironment, a: Operand, b: Operand, inside = false): boolean {
  const typeA = typeOf(env, a);
  const typeB = typeOf(env, b);
  const knownA = typeA?.known ?? false;
  const knownB = typeB?.known ?? false;
  if (knownA && knownB) return overlap(typeA, typeB);
  if (knownB) return infer(env, a, typeB);
  if (knownA) return infer(env, b, typeA);
  if (inside && (isHeld(a) || isHeld(b))) return [a, b].every(each => isHeld(each) || infer(env, each, any));
  return unifyUnknown(env, opened(a), opened(b));
}

/** Inside a structure OPA holds it in a variable of its own, of which nothing is known here. */
function isHeld({ kind }: Operand): boolean {
  return kind === 'ref' || kind === 'comprehension';
}

/** As OPA has it: two sides of which neither is known may be equal only where one has parts or is a variable. */
function unifyUnknown(env: TypeEnvironment, a: Operand, b: Operand): boolean {
  if (a.kind === 'array' || a.kind === 'object') return unifyStructure(env, a, b);
  if (a.kind === 'local' && b.kind === 'local') return infer(env, a, any) && infer(env, b, typeOf(env, a));
  if (a.kind === 'local' && (b.kind === 'array' || b.kind === 'object')) return unifyStructure(env, b, a);
  if (a.kind === 'local') return unifyLocal(env, a, b);
  return b.kind === 'local' && unifyLocal(env, b, a);
}

/** A variable takes what is known of the other side, as long as nothing is known of itself. */
function unifyLocal(env: TypeEnvironment, local: Operand, other: Operand): boolean {
  const type = typeOf(env, other);
  return type !== undefined && typeOf(env, local) === undefined && infer(env, local, type);
}

function unifyStructure(env: TypeEnvironment, a: ArrayOperand | ObjectOperand, b: Operand): boolean {
  if (b.kind === 'local') return infer(env, a, any) && infer(env, b, typeOf(env, a));
  if (a.kind === 'array')
    return (
      b.kind === 'array' &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => unify(env, item, b.items[i]!, true))
    );
  return b.kind === 'object' && unifyObjects(env, a, b);
}

function unifyObjects(env: TypeEnvironment, a: ObjectOperand, b: ObjectOperand): boolean {
  if (a.entries.length !== b.entries.length) return false;
  return sorted(a.entries).every(({ key, value }) => {
    const other = b.entries.find(entry => sameKey(entry.key, key));
    return other !== undefined && unify(env, value, other.value, true);
  });
}

function sameKey(a: Operand, b: Operand): boolean {
  if (a.kind === 'local') return b.kind === 'local' && a.local === b.local;
  return a.kind === 'const' && b.kind === 'const' && a.value === b.value;
}
