import type { Span } from '../../../grammar/index.ts';
import type { Goal, Local, LocalOperand, NormalBody, Operand, RefOperand } from '../normal/normal.ts';

/** What a walk over operands may leave out, as OPA's safety check does. */
export interface WalkOptions {
  readonly closures?: boolean;
  readonly sets?: boolean;
  readonly objectKeys?: boolean;
  readonly refHeads?: boolean;
}

const everything: Required<WalkOptions> = { closures: false, sets: true, objectKeys: true, refHeads: true };

/** Visits every use of a local in an operand; bodies of comprehensions only with `closures`. */
export function walkOperand(
  operand: Operand,
  visit: (use: LocalOperand) => void,
  options: WalkOptions = {},
): void {
  const walk = { ...everything, ...options };
  const each = (inner: Operand): void => walkOperand(inner, visit, options);
  switch (operand.kind) {
    case 'const':
      return;
    case 'local':
      visit(operand);
      return;
    case 'ref':
      if (walk.refHeads && operand.head.kind === 'local') visit(operand.head);
      operand.path.forEach(each);
      return;
    case 'array':
      operand.items.forEach(each);
      return;
    case 'set':
      if (walk.sets) operand.items.forEach(each);
      return;
    case 'object':
      for (const { key, value } of operand.entries) {
        if (walk.objectKeys) each(key);
        each(value);
      }
      return;
    default:
      if (walk.closures) for (const part of closuresOf(operand)) walkClosure(part, visit);
  }
}

/** Visits every use of a local in a goal, closures left out. */
export function walkGoal(goal: Goal, visit: (use: LocalOperand) => void): void {
  for (const modifier of goal.with) {
    if ('kind' in modifier.value && isOperand(modifier.value)) walkOperand(modifier.value, visit);
  }
  for (const operand of goalOperands(goal)) walkOperand(operand, visit);
}

/** The operands that stand in a goal itself. */
export function goalOperands(goal: Goal): readonly Operand[] {
  switch (goal.kind) {
    case 'unify':
      return [goal.left, goal.right];
    case 'call':
      return goal.output ? [...goal.args, goal.output] : goal.args;
    case 'term':
      return [goal.operand];
    case 'every':
      return [goal.domain];
  }
}

/** A body inside an operand or goal, with what it gives and the locals that it makes for itself. */
export interface Closure {
  readonly of: 'comprehension' | 'template' | 'every';
  readonly span: Span;
  readonly body: NormalBody;
  readonly results: readonly Operand[];
  readonly own: readonly Local[];
}

/** The closures that stand directly in an operand, however deep in its structure. */
export function closuresOf(operand: Operand): Closure[] {
  switch (operand.kind) {
    case 'const':
    case 'local':
      return [];
    case 'ref':
      return operand.path.flatMap(closuresOf);
    case 'array':
    case 'set':
      return operand.items.flatMap(closuresOf);
    case 'object':
      return operand.entries.flatMap(({ key, value }) => [...closuresOf(key), ...closuresOf(value)]);
    case 'comprehension': {
      const results = operand.key ? [operand.key, operand.value] : [operand.value];
      return [{ of: 'comprehension', span: operand.span, body: operand.body, results, own: [] }];
    }
    case 'template':
      return operand.parts.flatMap(part =>
        typeof part === 'string'
          ? []
          : [
              {
                of: 'template' as const,
                span: operand.span,
                body: part.body,
                results: [part.value],
                own: [],
              },
            ],
      );
  }
}

/** The closures of a goal, those in its modifiers included. */
export function goalClosures(goal: Goal): Closure[] {
  const closures = goalOperands(goal).flatMap(closuresOf);
  for (const { value } of goal.with) if (isOperand(value)) closures.push(...closuresOf(value));
  if (goal.kind === 'every') {
    const own = goal.key ? [goal.key, goal.value] : [goal.value];
    closures.push({ of: 'every', span: goal.span, body: goal.body, results: [], own });
  }
  return closures;
}

/** Visits every use of a local inside a closure, nested closures included, but for its own locals. */
export function walkClosure(closure: Closure, visit: (use: LocalOperand) => void): void {
  const outside = (use: LocalOperand): void => {
    if (!closure.own.includes(use.local)) visit(use);
  };
  for (const goal of closure.body.goals) {
    walkGoal(goal, outside);
    for (const inner of goalClosures(goal)) walkClosure(inner, outside);
  }
  for (const result of closure.results) {
    walkOperand(result, outside);
    for (const inner of closuresOf(result)) walkClosure(inner, outside);
  }
}

/** A with value is an operand unless it names a function. */
export function isOperand(value: Goal['with'][number]['value']): value is Operand {
  return value.kind !== 'builtin' && value.kind !== 'function';
}

/** Every reference in an operand, from the outside in, closures left out. */
export function walkRefs(operand: Operand, visit: (ref: RefOperand) => void): void {
  switch (operand.kind) {
    case 'ref':
      visit(operand);
      for (const part of operand.path) walkRefs(part, visit);
      return;
    case 'array':
    case 'set':
      for (const item of operand.items) walkRefs(item, visit);
      return;
    case 'object':
      for (const { key, value } of operand.entries) {
        walkRefs(key, visit);
        walkRefs(value, visit);
      }
  }
}

/** The variable that an expression of a template consists of: it is shown as it is. */
export function shownVariable({ goals }: NormalBody): LocalOperand | undefined {
  const [goal] = goals;
  return goals.length === 1 && goal?.kind === 'unify' && goal.right.kind === 'local' ? goal.right : undefined;
}
