import type { Span } from '../../../grammar/index.ts';
import { isArray, isObject, ObjectValue, SetValue, type Value } from '../../values/index.ts';
import type { ConstOperand, Operand } from './normal.ts';

/** Constructors of operands: what consists of constants is a constant, made once. */
export function constant(span: Span, value: Value): ConstOperand {
  return { kind: 'const', span, value };
}

export function arrayOperand(span: Span, items: readonly Operand[]): Operand {
  return items.every(isConst)
    ? constant(
        span,
        items.map(item => item.value),
      )
    : { kind: 'array', span, items };
}

export function setOperand(span: Span, items: readonly Operand[]): Operand {
  return items.every(isConst)
    ? constant(span, SetValue.of(items.map(item => item.value)))
    : { kind: 'set', span, items };
}

export function objectOperand(
  span: Span,
  entries: readonly { readonly key: Operand; readonly value: Operand }[],
): Operand {
  const constants: [Value, Value][] = [];
  for (const { key, value } of entries) {
    if (!isConst(key) || !isConst(value)) return { kind: 'object', span, entries: constantsFirst(entries) };
    constants.push([key.value, value.value]);
  }
  return constant(span, ObjectValue.of(constants));
}

/** As OPA orders them: of keys that turn out to be equal the last counts, which is no constant. */
function constantsFirst<E extends { readonly key: Operand }>(entries: readonly E[]): readonly E[] {
  return entries.toSorted((a, b) => Number(!isConst(a.key)) - Number(!isConst(b.key)));
}

/** A constant array or object as one of constant parts; any other operand as it is. */
export function opened(operand: Operand): Operand {
  if (operand.kind !== 'const') return operand;
  const { value, span } = operand;
  if (isArray(value)) return { kind: 'array', span, items: value.map(item => constant(span, item)) };
  if (!isObject(value)) return operand;
  const entries = [...value.entries()].map(([key, each]) => ({
    key: constant(span, key),
    value: constant(span, each),
  }));
  return { kind: 'object', span, entries };
}

function isConst(operand: Operand): operand is ConstOperand {
  return operand.kind === 'const';
}
