import type { Goal, NormalBody, NormalRule } from '../normal/normal.ts';
import { closuresOf, goalClosures } from './variables.ts';

/** Every goal of a rule, those of nested bodies included. */
export function* ruleGoals(rule: NormalRule): Generator<Goal> {
  for (const branch of rule.branches) {
    yield* bodyGoals(branch.body);
    for (const result of [...rule.dynamicPath, ...(branch.key ? [branch.key] : []), branch.value]) {
      for (const closure of closuresOf(result)) yield* bodyGoals(closure.body);
    }
  }
}

/** Every goal of a body and of the bodies inside it. */
export function* bodyGoals(body: NormalBody): Generator<Goal> {
  for (const goal of body.goals) {
    yield goal;
    for (const closure of goalClosures(goal)) {
      yield* bodyGoals(closure.body);
      for (const result of closure.results)
        for (const inner of closuresOf(result)) yield* bodyGoals(inner.body);
    }
  }
}
