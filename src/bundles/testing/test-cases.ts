import {
  type Expr,
  encodeValue,
  type Op,
  type Pattern,
  type Plan,
  type PlannedBranch,
  type PlannedGroup,
} from '../../language/index.ts';
import type { TestRule } from './test-rules.ts';

/**
 * The plan with calls of `internal.test_case` in the tests that make cases: each as soon as the name of a
 * case is known, so that a case whose conditions fail is heard of too.
 */
export function announceCases(plan: Plan, tests: readonly TestRule[]): Plan {
  const constants = [...plan.constants];
  const constant = (text: string): Expr => ({ k: 'const', c: constants.push(encodeValue(text)) - 1 });
  const prefixes = new Map(
    tests
      .filter(test => test.kind === 'cases')
      .map(test => {
        const path = [...test.package, ...test.path];
        return [JSON.stringify(path), path.length] as const;
      }),
  );
  const groups = plan.groups.map(group => {
    const length = prefixLength(group, prefixes);
    return length === undefined ? group : announcing(group, group.path.slice(length).map(constant));
  });
  return { ...plan, groups, constants };
}

function prefixLength(
  { kind, path }: PlannedGroup,
  prefixes: ReadonlyMap<string, number>,
): number | undefined {
  if (kind !== 'object') return undefined;
  for (let length = path.length; length > 0; length--) {
    if (prefixes.has(JSON.stringify(path.slice(0, length)))) return length;
  }
  return undefined;
}

function announcing(group: PlannedGroup, above: readonly Expr[]): PlannedGroup {
  return {
    ...group,
    rules: group.rules.map(rule => ({
      ...rule,
      branches: rule.branches.map(branch => announcingBranch(branch, above)),
    })),
  };
}

function announcingBranch(branch: PlannedBranch, above: readonly Expr[]): PlannedBranch {
  const name = { k: 'array', items: [...above, ...branch.path] } as const;
  const { at, early } = earliest(branch.ops, slotsIn(name));
  const call: Op = { op: 'call', at: branch.at, target: { name: 'internal.test_case' }, args: [name] };
  return { ...branch, ops: [...branch.ops.slice(0, at), ...early, call, ...branch.ops.slice(at)] };
}

/**
 * How many operations must be done before all the slots are bound. An operation that only computes the
 * name is done early, once more than it would be.
 */
function earliest(ops: readonly Op[], needed: ReadonlySet<number>): { at: number; early: readonly Op[] } {
  const early = ops.filter(op => isComputation(op) && intersects(bindings(op), needed));
  const wanted = new Set([...needed, ...early.flatMap(op => [...slotsIn(op)])]);
  for (const op of early) for (const slot of bindings(op)) wanted.delete(slot);
  let at = 0;
  for (const [i, op] of ops.entries()) if (intersects(bindings(op), wanted)) at = i + 1;
  return { at, early: early.filter(op => ops.indexOf(op) >= at) };
}

function isComputation(op: Op): boolean {
  return op.op === 'let' || (op.op === 'call' && op.into?.p === 'bind');
}

function intersects(left: ReadonlySet<number>, right: ReadonlySet<number>): boolean {
  return [...left].some(slot => right.has(slot));
}

/** The slots that an operation gives a value. */
function bindings(op: Op): Set<number> {
  switch (op.op) {
    case 'let':
      return new Set([op.s]);
    case 'match':
      return patternSlots(op.p);
    case 'scan':
      return patternSlots(op.key).add(op.into);
    case 'call':
      return op.into ? patternSlots(op.into) : new Set();
    case 'with':
      return new Set(op.ops.flatMap(inner => [...bindings(inner)]));
    default:
      return new Set();
  }
}

function patternSlots(pattern: Pattern): Set<number> {
  switch (pattern.p) {
    case 'bind':
      return new Set([pattern.s]);
    case 'array':
      return new Set(pattern.items.flatMap(item => [...patternSlots(item)]));
    case 'object':
      return new Set(pattern.entries.flatMap(([, item]) => [...patternSlots(item)]));
    default:
      return new Set();
  }
}

/** The slots that a piece of a plan reads. A plan is JSON, so every object of it can be looked at. */
function slotsIn(piece: unknown): Set<number> {
  const slots = new Set<number>();
  const pending: unknown[] = [piece];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === null || typeof next !== 'object') continue;
    if ('k' in next && 's' in next && typeof next.s === 'number') slots.add(next.s);
    pending.push(...Object.values(next));
  }
  return slots;
}
