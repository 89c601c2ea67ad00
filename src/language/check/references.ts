import type { Span } from '../../../grammar/index.ts';
import type { Goal, NormalBody, NormalRule, Operand, RefOperand } from '../normal/normal.ts';
import { closuresOf, goalClosures, goalOperands, isOperand, walkRefs } from './variables.ts';

/** A reference to `data` or a call of a rule; `undefined` in the path is a key not known before the run. */
export interface DataReference {
  readonly span: Span;
  readonly path: readonly (string | undefined)[];
}

/** Everything below `data` that a rule looks at, in source order, nested bodies included. */
export function dataReferences(rule: NormalRule): DataReference[] {
  const found: DataReference[] = [];
  for (const arg of rule.args ?? []) addOperand(arg, found);
  for (const part of rule.dynamicPath) addOperand(part, found);
  for (const branch of rule.branches) {
    addBody(branch.body, found);
    if (branch.key) addOperand(branch.key, found);
    addOperand(branch.value, found);
  }
  return found;
}

function addBody(body: NormalBody, found: DataReference[]): void {
  for (const goal of body.goals) addGoal(goal, found);
}

function addGoal(goal: Goal, found: DataReference[]): void {
  if (goal.kind === 'call' && goal.target.kind === 'function') found.push(goal.target);
  for (const operand of goalOperands(goal)) addRefs(operand, found);
  for (const { value } of goal.with) {
    if (isOperand(value)) addRefs(value, found);
    else if (value.kind === 'function') found.push(value);
  }
  for (const closure of goalClosures(goal)) {
    addBody(closure.body, found);
    for (const result of closure.results) addOperand(result, found);
  }
}

function addOperand(operand: Operand, found: DataReference[]): void {
  addRefs(operand, found);
  for (const closure of closuresOf(operand)) {
    addBody(closure.body, found);
    for (const result of closure.results) addOperand(result, found);
  }
}

function addRefs(operand: Operand, found: DataReference[]): void {
  walkRefs(operand, ref => {
    if (ref.head.kind === 'data') found.push({ span: ref.span, path: knownPath(ref) });
  });
}

/** A constant that is no string leads to no rule, nor does its text. */
function knownPath(ref: RefOperand): (string | undefined)[] {
  return ref.path.map(part => (part.kind === 'const' ? String(part.value) : undefined));
}
