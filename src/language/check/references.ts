import type { Value } from '../../values/index.ts';
import type { Branch, Goal, Local, NormalBody, NormalRule, Operand } from '../normal/normal.ts';
import { expandPath, type KnownValues, learn } from './known-values.ts';
import { closuresOf, goalClosures, goalOperands, isOperand, walkRefs } from './variables.ts';

/** A path below `data` that is looked at or called; `undefined` in it is a key not known before the run. */
export type DataPath = readonly (Value | undefined)[];

/**
 * Everything below `data` that a branch of a rule may look at, nested bodies included. Keys that can
 * only be some constants, bound ahead of the reference, stand for these.
 */
export function dataPaths(rule: NormalRule, branch: Branch): DataPath[] {
  const collector = new Collector();
  for (const goal of branch.body.goals) {
    collector.goal(goal);
    learn(goal, collector.known);
  }
  const results = [...(rule.args ?? []), ...rule.dynamicPath, ...(branch.key ? [branch.key] : [])];
  for (const operand of [...results, branch.value]) collector.operand(operand);
  return collector.found;
}

class Collector {
  readonly found: DataPath[] = [];
  readonly known = new Map<Local, readonly Value[]>();

  goal(goal: Goal): void {
    if (goal.kind === 'call' && goal.target.kind === 'function') this.found.push(goal.target.path);
    for (const operand of goalOperands(goal)) this.refs(operand, this.known);
    for (const { target, value } of goal.with) {
      if (target.kind === 'data') this.found.push(target.path);
      if (isOperand(value)) this.refs(value, this.known);
      else if (value.kind === 'function') this.found.push(value.path);
    }
    for (const closure of goalClosures(goal)) this.body(closure.body, closure.results);
  }

  operand(operand: Operand): void {
    this.refs(operand, this.known);
    for (const closure of closuresOf(operand)) this.body(closure.body, closure.results);
  }

  private body(body: NormalBody, results: readonly Operand[]): void {
    for (const goal of body.goals) this.goal(goal);
    for (const result of results) this.operand(result);
  }

  private refs(operand: Operand, known: KnownValues): void {
    walkRefs(operand, ref => {
      if (ref.head.kind === 'data') this.found.push(...expandPath(ref.path, known));
    });
  }
}
