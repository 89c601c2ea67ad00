import type { Term } from '../../../grammar/index.ts';
import { frameOf, type SourceFile } from '../../base/index.ts';
import type { TraceEvent } from '../../evaluate/index.ts';
import type { CheckedModules } from '../../language/index.ts';
import type { Value } from '../../values/index.ts';
import { type Condition, conditionAt, conditionsOf, isWithin } from './conditions.ts';
import { operandTerms } from './operand-texts.ts';
import type { Failure, ShownValue } from './result.ts';

/** Constants say themselves what they are. */
const constants: readonly Term['kind'][] = ['null', 'boolean', 'number', 'string'];

interface ModuleConditions {
  readonly source: SourceFile;
  readonly conditions: readonly Condition[];
}

interface Placed {
  readonly event: TraceEvent;
  readonly condition: Condition;
}

/** Finds in traces which condition made a test fail. Looks into a module when it is first needed. */
export class Failures {
  private readonly checked: CheckedModules;
  private readonly known = new Map<string, ModuleConditions | undefined>();

  constructor(checked: CheckedModules) {
    this.checked = checked;
  }

  /**
   * The last condition of the outermost rules that did not hold, with the values that it saw: a test
   * fails where the last of its ways through fails. Undefined where every condition held.
   */
  last(events: readonly TraceEvent[]): Failure | undefined {
    const conditions = events.filter(
      ({ kind, depth }) => depth === 1 && (kind === 'pass' || kind === 'fail'),
    );
    const end = conditions.findLastIndex(({ kind }) => kind === 'fail');
    const outer = this.placed(conditions[end]);
    if (outer === undefined) return undefined;
    let at = end;
    let failed = outer;
    for (let i = end - 1; conditions[i]?.kind === 'fail'; i--) {
      const before = this.placed(conditions[i]);
      if (before === undefined || !causes(before.condition, outer.condition)) break;
      failed = before;
      at = i;
    }
    return this.failure(failed, this.callsBefore(conditions, at, failed.condition));
  }

  /** The calls in the condition itself that were made before it failed. */
  private callsBefore(events: readonly TraceEvent[], end: number, condition: Condition): readonly Placed[] {
    const calls: Placed[] = [];
    for (let i = end - 1; i >= 0; i--) {
      const placed = this.placed(events[i]);
      if (placed?.condition !== condition || placed.event.kind !== 'pass') break;
      if (placed.event.call !== undefined) calls.unshift(placed);
    }
    return calls;
  }

  private failure({ event, condition }: Placed, calls: readonly Placed[]): Failure {
    const { source } = this.moduleOf(event.file!)!;
    const { literal, from } = condition;
    const values = new Map<string, Value | undefined>();
    for (const call of [{ event, condition }, ...calls]) {
      for (const { text, value } of operandValues(call, source))
        if (!values.has(text)) values.set(text, value);
    }
    for (const [name, value] of event.bound ?? []) if (!values.has(name)) values.set(name, value);
    return {
      file: source.path,
      line: from.line,
      column: from.column,
      text: source.text.slice(literal.span.start, literal.span.end),
      frame: frameOf(source, literal.span),
      values: [...values].map(([text, value]) => ({ text, ...(value !== undefined && { value }) })),
    };
  }

  private placed(event: TraceEvent | undefined): Placed | undefined {
    if (event?.file === undefined) return undefined;
    const module = this.moduleOf(event.file);
    const condition = module && conditionAt(module.conditions, event.line!, event.column!);
    return condition && { event, condition };
  }

  private moduleOf(file: string): ModuleConditions | undefined {
    if (this.known.has(file)) return this.known.get(file);
    const found = this.checked.modules.find(({ source }) => source.path === file);
    const module = found && { source: found.source, conditions: conditionsOf(found.module, found.source) };
    this.known.set(file, module);
    return module;
  }
}

/** Whether a condition that failed just before another did so on its behalf: under its `with`, in its `every`. */
function causes(inner: Condition, outer: Condition): boolean {
  return isWithin(inner, outer) && inner.chooses === outer.chooses;
}

function operandValues({ event, condition }: Placed, source: SourceFile): readonly ShownValue[] {
  return operandTerms(condition.literal, event, source).flatMap((term, i) => {
    if (constants.includes(term.kind)) return [];
    const value = event.operands![i];
    const text = source.text.slice(term.span.start, term.span.end);
    return [{ text: text.replace(/\s+/gu, ' '), ...(value !== undefined && { value }) }];
  });
}
