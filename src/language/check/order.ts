import type { Goal, Local } from '../normal/normal.ts';
import { bindings } from './bindings.ts';
import type { BoundLocals } from './bound.ts';
import { goalClosures, walkClosure, walkGoal } from './variables.ts';

export interface Ordered {
  readonly ordered: readonly Goal[];
  /** The goals that cannot be placed. */
  readonly left: readonly Goal[];
}

/**
 * Puts goals into an order in which each finds bound what it reads, and binds in `bound` what they
 * bind. As if one went through the goals again and again and took each that is ready; but a goal is
 * looked at a second time only once something that it mentions has been bound.
 */
export function orderGoals(goals: readonly Goal[], bound: BoundLocals): Ordered {
  const here = localsHere(goals);
  const mentions = goalsByLocal(goals);
  const taken = new Set<number>();
  const ordered: Goal[] = [];
  let round = goals.map((_, index) => index);
  while (round.length > 0) {
    const queue = new Queue(round);
    const next = new Set<number>();
    for (let index = queue.take(); index !== undefined; index = queue.take()) {
      const goal = goals[index]!;
      const outputs = bindings(goal, bound);
      if (taken.has(index) || !isReady(goal, bound, outputs, here)) continue;
      taken.add(index);
      ordered.push(goal);
      for (const local of outputs) {
        bound.add(local);
        for (const other of mentions.get(local) ?? [])
          if (!taken.has(other)) other > index ? queue.add(other) : next.add(other);
      }
    }
    round = [...next];
  }
  return { ordered, left: goals.filter((_, index) => !taken.has(index)) };
}

export function localsHere(goals: readonly Goal[]): Set<Local> {
  const here = new Set<Local>();
  for (const goal of goals) walkGoal(goal, use => here.add(use.local));
  return here;
}

/** Which goals mention a local, bodies inside them included. */
function goalsByLocal(goals: readonly Goal[]): Map<Local, number[]> {
  const mentions = new Map<Local, number[]>();
  for (const [index, goal] of goals.entries()) {
    const add = (local: Local): void => {
      const known = mentions.get(local);
      if (!known) mentions.set(local, [index]);
      else if (known.at(-1) !== index) known.push(index);
    };
    walkGoal(goal, use => add(use.local));
    for (const closure of goalClosures(goal)) walkClosure(closure, use => add(use.local));
  }
  return mentions;
}

/** Whether all that a goal reads is bound, what its closures share with this body included. */
function isReady(
  goal: Goal,
  bound: BoundLocals,
  outputs: ReadonlySet<Local>,
  here: ReadonlySet<Local>,
): boolean {
  let ready = true;
  walkGoal(goal, use => {
    if (!bound.has(use.local) && !outputs.has(use.local)) ready = false;
  });
  for (const closure of ready ? goalClosures(goal) : []) {
    walkClosure(closure, use => {
      if (here.has(use.local) && !bound.has(use.local)) ready = false;
    });
  }
  return ready;
}

/** Numbers, the smallest first, each once. */
class Queue {
  private readonly heap: number[];
  private readonly waiting: Set<number>;

  constructor(numbers: readonly number[]) {
    this.heap = numbers.toSorted((a, b) => a - b);
    this.waiting = new Set(numbers);
  }

  add(number: number): void {
    if (this.waiting.has(number)) return;
    this.waiting.add(number);
    const { heap } = this;
    let at = heap.push(number) - 1;
    for (let up = (at - 1) >> 1; at > 0 && heap[up]! > heap[at]!; up = (at - 1) >> 1) at = this.swap(at, up);
  }

  take(): number | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return undefined;
    this.waiting.delete(first);
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && heap[child]! < heap[least]!) least = child;
      if (least === at) return first;
      at = this.swap(at, least);
    }
  }

  private swap(from: number, to: number): number {
    [this.heap[from], this.heap[to]] = [this.heap[to]!, this.heap[from]!];
    return to;
  }
}
