import type { Goal, Local, NormalBody, NormalRule } from '../normal/normal.ts';
import { type Report, type Stage, stages } from '../normal/stages.ts';
import { bindings } from './bindings.ts';
import { type Closure, closuresOf, goalClosures, shownVariable, walkGoal, walkOperand } from './variables.ts';

/**
 * Reports variables that print or a template string mentions and nothing else binds: what they show
 * they must not search for. For print it must be bound above, for a template anywhere in the body.
 */
export function checkUndeclaredInRule(rule: NormalRule, report: Report): void {
  const args = new Set<Local>();
  for (const argument of rule.args ?? []) walkOperand(argument, use => args.add(use.local));
  for (const { body, key, value } of rule.branches) {
    const results = [...rule.dynamicPath, ...(key ? [key] : []), value];
    if (mentions(body, results)) new Search(report).closure({ body, results, own: [] }, args);
  }
}

/** The same for a query. */
export function checkUndeclared(body: NormalBody, report: Report): void {
  if (mentions(body, [])) new Search(report).closure({ body, results: [], own: [] }, new Set());
}

class Search {
  private readonly report: Report;

  constructor(report: Report) {
    this.report = report;
  }

  closure(
    { body, results, own }: Pick<Closure, 'body' | 'results' | 'own'>,
    outer: ReadonlySet<Local>,
  ): void {
    const above = new Set([...outer, ...own]);
    const all = boundAfter(body, above);
    for (const goal of body.goals) {
      for (const closure of goalClosures(goal)) {
        const isArgument = isPrint(goal) && closure.of === 'comprehension';
        if (isArgument) this.shown(closure, above, stages.printCalls);
        this.inner(closure, isArgument ? above : all, above);
      }
      for (const local of bindings(goal, above)) above.add(local);
      if (goal.generated) walkGoal(goal, use => use.local.generated && above.add(use.local));
    }
    for (const inner of results.flatMap(closuresOf)) this.inner(inner, all, all);
  }

  private inner(closure: Closure, all: ReadonlySet<Local>, above: ReadonlySet<Local>): void {
    if (closure.of === 'template') this.shown(closure, all, stages.templates);
    this.closure(closure, closure.of === 'template' ? all : above);
  }

  /** A template shows one answer: functions that may give several are not for it. */
  private relation({ goals }: NormalBody): void {
    for (const goal of goals) {
      if (goal.kind !== 'call' || goal.target.kind !== 'builtin' || !goal.target.declaration.relation)
        continue;
      this.report(stages.templates, {
        code: 'rego_compile_error',
        span: goal.span,
        message: `illegal call of ${goal.target.name}: it may give several answers`,
        hint: 'collect them in a comprehension',
      });
    }
  }

  /** What a printed argument or a part of a template mentions, bodies inside it left out. */
  private shown({ of, body, results }: Closure, bound: ReadonlySet<Local>, stage: Stage): void {
    const start = results[0]?.span.start;
    const seen = new Set<Local>();
    if (of === 'template' && shownVariable(body)) return;
    if (of === 'template') this.relation(body);
    for (const goal of body.goals) {
      walkGoal(goal, ({ local, span }) => {
        if (bound.has(local) || local.generated || seen.has(local) || isDocument(local.name)) return;
        seen.add(local);
        this.report(stage, {
          code: 'rego_compile_error',
          span: { start: start ?? span.start, end: span.end },
          message: `var ${local.name} is undeclared`,
          hint: `give "${local.name}" a value above this line`,
        });
      });
    }
  }
}

/** A variable that an argument has made of `input` or `data`: it is unsafe, which is the plainer problem. */
function isDocument(name: string): boolean {
  return name === 'input' || name === 'data';
}

function isPrint(goal: Goal): boolean {
  return goal.kind === 'call' && goal.target.kind === 'builtin' && goal.target.name === 'internal.print';
}

function boundAfter(body: NormalBody, before: ReadonlySet<Local>): ReadonlySet<Local> {
  const bound = new Set(before);
  for (const goal of body.goals) for (const local of bindings(goal, bound)) bound.add(local);
  return bound;
}

/** Whether there is anything to look at: most bodies print nothing. */
function mentions(body: NormalBody, results: Closure['results']): boolean {
  const closures = [...body.goals.flatMap(goalClosures), ...results.flatMap(closuresOf)];
  return (
    body.goals.some(isPrint) ||
    closures.some(closure => closure.of === 'template' || mentions(closure.body, closure.results))
  );
}
