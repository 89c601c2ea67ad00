import type { SafeOrder } from '../check/safety.ts';
import { isOperand, walkOperand } from '../check/variables.ts';
import type {
  CallGoal,
  CallTarget,
  ComprehensionOperand,
  EveryGoal,
  Goal,
  Local,
  NormalBody,
  Operand,
  RefOperand,
  TemplateOperand,
  WithModifier,
} from '../normal/normal.ts';
import type { Expr, Op, Pattern, Place, PlannedModifier, PlannedTarget, TemplatePart } from './plan.ts';
import { planUnify } from './unify.ts';

/** What planning a body needs of the whole plan. */
export interface PlanContext {
  readonly order: SafeOrder;
  constant(value: Extract<Operand, { kind: 'const' }>['value']): number;
  place(span: { readonly start: number }): Place;
  target(target: CallTarget): PlannedTarget;
}

/** Hands out the slots of one frame: a local's is its id, what we need ourselves comes behind. */
export class Frame {
  size: number;

  constructor(locals: number) {
    this.size = locals;
  }

  slot(): number {
    return this.size++;
  }
}

/** Plans one body: operations in order, and which locals are bound so far. */
export class BodyPlanner {
  readonly ops: Op[] = [];
  readonly bound: Set<Local>;
  private readonly context: PlanContext;
  private readonly frame: Frame;

  constructor(context: PlanContext, frame: Frame, bound: Iterable<Local> = []) {
    this.context = context;
    this.frame = frame;
    this.bound = new Set(bound);
  }

  body(body: NormalBody): this {
    const goals = this.context.order.get(body) ?? body.goals;
    for (let i = 0; i < goals.length; ) {
      const modifiers = goals[i]!.with;
      let end = i + 1;
      if (modifiers.length > 0) while (goals[end]?.with === modifiers) end++;
      this.underModifiers(modifiers, goals.slice(i, end));
      i = end;
    }
    return this;
  }

  place(span: { readonly start: number }): Place {
    return this.context.place(span);
  }

  isBound(operand: Operand): boolean {
    let all = true;
    walkOperand(
      operand,
      use => {
        if (!this.bound.has(use.local)) all = false;
      },
      { refHeads: true },
    );
    return all;
  }

  /** The expression of an operand; what it has to search for first becomes operations. */
  expr(operand: Operand): Expr {
    switch (operand.kind) {
      case 'const':
        return { k: 'const', c: this.context.constant(operand.value) };
      case 'local':
        return { k: 'slot', s: operand.local.id };
      case 'ref':
        return this.reference(operand);
      case 'array':
      case 'set':
        return { k: operand.kind, items: operand.items.map(item => this.expr(item)) };
      case 'object':
        return {
          k: 'object',
          entries: operand.entries.map(({ key, value }) => [this.expr(key), this.expr(value)]),
        };
      case 'comprehension':
        return this.comprehension(operand);
      case 'template':
        return { k: 'template', parts: this.templateParts(operand) };
    }
  }

  /** The pattern of an operand; its unbound locals are bound from here on. */
  pattern(operand: Operand): Pattern {
    if (operand.kind === 'local' && !this.bound.has(operand.local)) {
      if (operand.local.name === '_') return { p: 'any' };
      this.bound.add(operand.local);
      return { p: 'bind', s: operand.local.id };
    }
    if (operand.kind === 'array' && !this.isBound(operand)) {
      return { p: 'array', items: operand.items.map(item => this.pattern(item)) };
    }
    if (operand.kind === 'object' && !this.isBound(operand)) {
      return {
        p: 'object',
        entries: operand.entries.map(({ key, value }) => [this.expr(key), this.pattern(value)]),
      };
    }
    return { p: 'equal', e: this.expr(operand) };
  }

  /** A slot that holds the value of an operand from here on. */
  private hold(operand: Operand): Expr {
    const e = this.expr(operand);
    if (e.k === 'const' || e.k === 'slot') return e;
    const s = this.frame.slot();
    this.ops.push({ op: 'let', s, e, at: this.place(operand.span) });
    return { k: 'slot', s };
  }

  /** An operand with every reference inside it held: what is undefined ends the body here. */
  private hoisted(operand: Operand): Expr {
    switch (operand.kind) {
      case 'ref':
        return this.hold(operand);
      case 'array':
      case 'set':
        return { k: operand.kind, items: operand.items.map(item => this.hoisted(item)) };
      case 'object':
        return {
          k: 'object',
          entries: operand.entries.map(({ key, value }) => [this.hoisted(key), this.hoisted(value)]),
        };
      default:
        return this.expr(operand);
    }
  }

  private underModifiers(modifiers: readonly WithModifier[], goals: readonly Goal[]): void {
    if (modifiers.length === 0) {
      for (const goal of goals) this.goal(goal);
      return;
    }
    const planned = modifiers.map(modifier => this.modifier(modifier));
    const inner = new BodyPlanner(this.context, this.frame, this.bound);
    for (const goal of goals) inner.goal(goal);
    this.ops.push({ op: 'with', modifiers: planned, ops: inner.ops, at: this.place(goals[0]!.span) });
    for (const local of inner.bound) this.bound.add(local);
  }

  private modifier({ target, value }: WithModifier): PlannedModifier {
    if (!isOperand(value)) {
      const name = target.kind === 'builtin' ? target.name : ['data', ...target.path].join('.');
      return { set: 'function', name, target: this.context.target(value) };
    }
    const e = this.expr(value);
    if (target.kind === 'builtin') return { set: 'function', name: target.name, e };
    return { set: target.kind, path: target.path, e };
  }

  private goal(goal: Goal): void {
    if (goal.negated) this.negation(goal);
    else if (goal.kind === 'unify') planUnify(this, goal);
    else if (goal.kind === 'call')
      this.call(
        goal,
        goal.args.map(arg => this.expr(arg)),
      );
    else if (goal.kind === 'every') this.every(goal);
    else this.ops.push({ op: 'test', e: this.expr(goal.operand), at: this.place(goal.span) });
  }

  /** Of a negated goal, only the goal itself is negated: what its operands look up must be defined. */
  private negation(goal: Goal): void {
    const inner = new BodyPlanner(this.context, this.frame, this.bound);
    const at = this.place(goal.span);
    if (goal.kind === 'call')
      inner.call(
        goal,
        goal.args.map(arg => this.hoisted(arg)),
      );
    else if (goal.kind === 'unify') {
      inner.ops.push({
        op: 'equal',
        a: this.negated(goal.left, inner),
        b: this.negated(goal.right, inner),
        at,
      });
    } else if (goal.kind === 'term') inner.ops.push({ op: 'test', e: this.negated(goal.operand, inner), at });
    else inner.every(goal);
    this.ops.push({ op: 'not', ops: inner.ops, at });
  }

  private negated(operand: Operand, inner: BodyPlanner): Expr {
    if (operand.kind !== 'ref') return this.hoisted(operand);
    const path = operand.path.map(part => ({ part, e: part.kind === 'ref' ? this.hold(part) : undefined }));
    return inner.reference(operand, new Map(path.flatMap(({ part, e }) => (e ? [[part, e] as const] : []))));
  }

  private call(goal: CallGoal, args: readonly Expr[]): void {
    const into = goal.output && this.pattern(goal.output);
    const target = this.context.target(goal.target);
    this.ops.push({ op: 'call', at: this.place(goal.span), target, args, ...(into && { into }) });
  }

  private every(goal: EveryGoal): void {
    const domain = this.hold(goal.domain);
    const inner = new BodyPlanner(this.context, this.frame, [
      ...this.bound,
      ...(goal.key ? [goal.key] : []),
      goal.value,
    ]);
    inner.body(goal.body);
    const key = goal.key && { key: goal.key.id };
    this.ops.push({
      op: 'every',
      domain,
      ...key,
      value: goal.value.id,
      ops: inner.ops,
      at: this.place(goal.span),
    });
  }

  /** Looks a path up; where a key is not known yet, goes through all that there are. */
  private reference(ref: RefOperand, held: ReadonlyMap<Operand, Expr> = new Map()): Expr {
    let from = ref.head;
    let virtual = false;
    let slot = from.kind === 'local' ? from.local.id : -1;
    let path: Expr[] = [];
    const current = (): Expr =>
      slot < 0 ? { k: from.kind as 'input' | 'data', path } : { k: 'get', s: slot, path, virtual };
    for (const part of ref.path) {
      const e = held.get(part);
      if (e || this.isBound(part)) {
        path.push(e ?? this.expr(part));
        continue;
      }
      const collection = current();
      const into = this.frame.slot();
      const key = this.pattern(part);
      this.ops.push({ op: 'scan', from: collection, key, into, at: this.place(part.span) });
      virtual = virtual || from.kind === 'data';
      from = ref.head;
      slot = into;
      path = [];
    }
    const last = current();
    return last.k === 'get' && last.path.length === 0 && !virtual ? { k: 'slot', s: slot } : last;
  }

  private comprehension(operand: ComprehensionOperand): Expr {
    const inner = new BodyPlanner(this.context, this.frame, this.bound).body(operand.body);
    const key = operand.key && inner.expr(operand.key);
    const value = inner.expr(operand.value);
    const rest = { into: this.frame.slot(), at: this.place(operand.span) };
    return { k: 'comprehension', makes: operand.makes, ops: inner.ops, ...(key && { key }), value, ...rest };
  }

  private templateParts(operand: TemplateOperand): (string | TemplatePart)[] {
    return operand.parts.map(part => {
      if (typeof part === 'string') return part;
      const inner = new BodyPlanner(this.context, this.frame, this.bound).body(part.body);
      return { ops: inner.ops, value: inner.expr(part.value), into: this.frame.slot() };
    });
  }
}
