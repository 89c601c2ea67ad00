import { SetBuilder, SetValue, type Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { difference } from './numbers.ts';
import { asSet } from './operands.ts';
import { chargeSteps } from './text.ts';

export const setsFamily: Readonly<Record<string, BuiltinFunction>> = {
  and: (context, left, right) => intersect(context, asSet(left!, 1), asSet(right!, 2)),
  or: (context, left, right) => unite(context, [asSet(left!, 1), asSet(right!, 2)]),
  intersection,
  union: (context, sets) =>
    unite(
      context,
      asSet(sets!, 1)
        .items()
        .map(item => asSet(item, 1)),
    ),
  set_diff: (context, left, right) => difference(context, asSet(left!, 1), asSet(right!, 2)),
};

function intersect(context: BuiltinContext, left: SetValue, right: SetValue): SetValue {
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  chargeSteps(context.budget, small.size);
  const builder = new SetBuilder();
  for (const item of small.items()) if (large.has(item)) builder.add(item);
  return builder.build();
}

/** What all the sets have; nothing where there are none. */
function intersection(context: BuiltinContext, sets: Value): Value {
  const [first, ...rest] = asSet(sets, 1)
    .items()
    .map(item => asSet(item, 1));
  return first === undefined ? SetValue.empty : rest.reduce((a, b) => intersect(context, a, b), first);
}

function unite(context: BuiltinContext, sets: readonly SetValue[]): SetValue {
  const builder = new SetBuilder();
  for (const one of sets) {
    context.budget.charge(one.size);
    for (const item of one.items()) builder.add(item);
  }
  return builder.build();
}
