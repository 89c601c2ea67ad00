import { isObject, type Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError } from './builtin.ts';

/**
 * The answer from outside; undefined, with the need recorded, where there is none yet.
 * Throws BuiltinError where nothing may be asked.
 */
export function askOutside(
  context: BuiltinContext,
  name: string,
  key: string,
  request: Value,
): Value | undefined {
  if (context.evidence === undefined)
    throw new BuiltinError(`${name}: nothing may be asked of the outside here`);
  return context.evidence.ask({ kind: name, key, request });
}

/** Why an answer is none. */
export function reasonOf(answer: Value): string {
  const reason = isObject(answer) ? answer.get('reason') : undefined;
  return typeof reason === 'string' ? reason : 'no answer could be had';
}
