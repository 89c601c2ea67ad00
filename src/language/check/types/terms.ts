import type { ComprehensionOperand, Operand } from '../../normal/normal.ts';
import { selectAll, type TypeEnvironment } from './environment.ts';
import {
  arrayType,
  joinAll,
  objectType,
  type Property,
  setType,
  string,
  type Type,
  typeOfValue,
  type Unknown,
} from './type.ts';

/** The types of comprehensions, found when their bodies are checked. */
const comprehensions = new WeakMap<ComprehensionOperand, Type>();

export function rememberComprehension(operand: ComprehensionOperand, type: Type | Unknown): void {
  if (type) comprehensions.set(operand, type);
  else comprehensions.delete(operand);
}

const constants = new WeakMap<object, Type>();

/** What is known of an operand. References are taken to be checked already. */
export function typeOf(env: TypeEnvironment, operand: Operand): Type | Unknown {
  switch (operand.kind) {
    case 'const': {
      const known = constants.get(operand) ?? typeOfValue(operand.value);
      constants.set(operand, known);
      return known;
    }
    case 'local':
      return env.locals.get(operand.local);
    case 'ref':
      return operand.head.kind === 'local'
        ? selectAll(env.locals.get(operand.head.local), operand.path)
        : env.document(operand.head.kind, operand.path);
    case 'array':
      return arrayType(operand.items.map(item => typeOf(env, item)));
    case 'set':
      return setType(joinAll(operand.items.map(item => typeOf(env, item))));
    case 'object':
      return typeOfObject(env, operand);
    case 'comprehension':
      return comprehensions.get(operand);
    case 'template':
      return string;
  }
}

function typeOfObject(env: TypeEnvironment, { entries }: Extract<Operand, { kind: 'object' }>): Type {
  const properties: Property[] = [];
  const keys: (Type | Unknown)[] = [];
  const values: (Type | Unknown)[] = [];
  for (const { key, value } of entries) {
    const type = typeOf(env, value);
    if (key.kind === 'const') properties.push({ key: key.value, value: type });
    else {
      keys.push(typeOf(env, key));
      values.push(type);
    }
  }
  if (keys.length === 0) return objectType(properties);
  const known = <T>(types: readonly (T | undefined)[]) => types.every(type => type !== undefined);
  const dynamic = {
    key: known(keys) ? joinAll(keys) : undefined,
    value: known(values) ? joinAll(values) : undefined,
  };
  return objectType(properties, dynamic);
}
