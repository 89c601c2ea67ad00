import { frameOf } from '../../base/index.ts';
import type { TraceEvent } from '../../evaluate/index.ts';
import type { CheckedModules } from '../../language/index.ts';
import { type Condition, Conditions, isWithin, type PlacedCondition } from '../tracing/conditions.ts';
import { shownValues } from '../tracing/operand-terms.ts';
import type { Failure } from './result.ts';

type Placed = PlacedCondition & { readonly event: TraceEvent };

/** Finds in traces which condition made a test fail. */
export class Failures {
  private readonly conditions: Conditions;

  constructor({ modules }: CheckedModules) {
    this.conditions = new Conditions(modules.map(({ source, module }) => ({ source, syntax: module })));
  }

  /**
   * The last condition of the outermost rules that did not hold, with the values that it saw: a test
   * fails where the last of its ways through fails. Undefined where every condition held.
   */
  last(events: readonly TraceEvent[]): Failure | undefined {
    const tried = events.filter(({ kind, depth }) => depth === 1 && (kind === 'pass' || kind === 'fail'));
    const end = tried.findLastIndex(({ kind }) => kind === 'fail');
    const outer = this.placed(tried[end]);
    if (outer === undefined) return undefined;
    let at = end;
    let failed = outer;
    for (let i = end - 1; tried[i]?.kind === 'fail'; i--) {
      const before = this.placed(tried[i]);
      if (before === undefined || !causes(before.condition, outer.condition)) break;
      failed = before;
      at = i;
    }
    return toFailure(failed, this.callsBefore(tried, at, failed.condition));
  }

  /** The calls in the condition itself that were made before it failed. */
  private callsBefore(
    events: readonly TraceEvent[],
    end: number,
    condition: Condition,
  ): readonly TraceEvent[] {
    const calls: TraceEvent[] = [];
    for (let i = end - 1; i >= 0; i--) {
      const placed = this.placed(events[i]);
      if (placed?.condition !== condition || placed.event.kind !== 'pass') break;
      if (placed.event.call !== undefined) calls.unshift({ ...placed.event, bound: [] });
    }
    return calls;
  }

  private placed(event: TraceEvent | undefined): Placed | undefined {
    const placed = event && this.conditions.at(event);
    return placed && { ...placed, event: event! };
  }
}

/** Whether a condition that failed just before another did so on its behalf: under its `with`, in its `every`. */
function causes(inner: Condition, outer: Condition): boolean {
  return isWithin(inner, outer) && inner.chooses === outer.chooses;
}

function toFailure({ event, condition, source }: Placed, calls: readonly TraceEvent[]): Failure {
  const { literal, from } = condition;
  return {
    file: source.path,
    line: from.line,
    column: from.column,
    text: source.text.slice(literal.span.start, literal.span.end),
    frame: frameOf(source, literal.span),
    values: shownValues(literal, [event, ...calls], source),
  };
}
