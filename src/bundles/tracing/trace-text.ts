import { type Paint, printable } from '../../base/index.ts';
import type { TraceEvent } from '../../evaluate/index.ts';
import type { Conditions, PlacedCondition } from './conditions.ts';
import { shownValues } from './operand-terms.ts';
import { pathText } from './path-text.ts';
import { cut, valueLine, valueText } from './wording.ts';

/** Lines at most; what is over is said. */
const MOST_LINES = 2_000;

/** Characters of a value. */
const LONGEST_VALUE = 120;

/**
 * What happened, a line for each rule that was entered and left and for each condition, indented by the
 * rules around them, with values:
 *
 *   data.acme.allow
 *     holds  acme.rego:4:2  input.user == "bob"
 *     fails  acme.rego:5:2  count(deny) == 0     count(deny) = 2, deny = {"a", "b"}
 *   data.acme.allow is undefined
 *
 * `dropped` is how many events the trace itself left out.
 */
export function traceText(
  events: readonly TraceEvent[],
  {
    conditions,
    paint,
    dropped = 0,
  }: { readonly conditions: Conditions; readonly paint: Paint; readonly dropped?: number },
): string {
  const lines = steps(events, conditions).map(
    step => `${'  '.repeat(step.event.depth)}${lineOf(step, paint)}\n`,
  );
  const over = Math.max(0, lines.length - MOST_LINES) + dropped;
  const shown = lines.slice(0, MOST_LINES).join('');
  return over === 0 ? shown : `${shown}${paint('faint', `… and ${over} more`)}\n`;
}

/** An event, and those before it that were parts of the same condition. */
interface Step {
  readonly event: TraceEvent;
  readonly parts: readonly TraceEvent[];
  readonly placed: PlacedCondition | undefined;
}

/** What a condition does piece by piece is one step: the last piece, which says how it ended. */
function steps(events: readonly TraceEvent[], conditions: Conditions): readonly Step[] {
  const found: Step[] = [];
  const open = new Map<number, Step>();
  for (const event of events) {
    const placed = conditions.at(event);
    if (!isAuthors(event, placed)) continue;
    const before = open.get(event.depth);
    const whole = before !== undefined && goesOn({ event, placed, parts: [] }, before) ? before : undefined;
    const step: Step = { event, placed, parts: whole ? [...whole.parts, whole.event] : [] };
    if (whole) found.splice(found.lastIndexOf(whole), 1);
    found.push(step);
    if (isTried(event)) open.set(event.depth, step);
    else if (event.kind === 'enter') open.delete(event.depth + 1);
  }
  return found;
}

/** After a piece that held comes the next; one that failed may only decide what stands around it: `not`, `with`. */
function goesOn({ event, placed }: Step, before: Step): boolean {
  if (!isTried(event) || placed === undefined || before.placed?.condition !== placed.condition) return false;
  const { kind, line, column } = before.event;
  return kind === 'pass' || (event.line === line && event.column === column);
}

/** Rules that statements became have names that no text can hold, and conditions that no text has. */
function isAuthors(event: TraceEvent, placed: PlacedCondition | undefined): boolean {
  if (isTried(event)) return placed !== undefined;
  return !event.path?.some(name => name.startsWith('$'));
}

function isTried({ kind }: TraceEvent): boolean {
  return kind === 'pass' || kind === 'fail';
}

function lineOf(step: Step, paint: Paint): string {
  const { event } = step;
  switch (event.kind) {
    case 'enter':
      return paint('strong', nameOf(event));
    case 'leave': {
      const { value } = event;
      const name = paint('strong', nameOf(event));
      return value === undefined
        ? `${name} ${paint('warning', 'is undefined')}`
        : `${name} = ${valueText(value, LONGEST_VALUE)}`;
    }
    case 'note':
      return `${paint('hint', 'note')}  ${printable(event.message ?? '')}`;
    default:
      return conditionLine(step, paint);
  }
}

function conditionLine({ event, parts, placed }: Step, paint: Paint): string {
  const outcome = event.kind === 'pass' ? paint('success', 'holds') : paint('error', 'fails');
  const place = paint('place', printable(`${event.file}:${event.line}:${event.column}`));
  if (placed === undefined) return '';
  const { source, condition } = placed;
  const { span } = condition.literal;
  const text = cut(printable(source.text.slice(span.start, span.end).replace(/\s+/gu, ' ')));
  const values = shownValues(condition.literal, [event, ...parts], source).map(value =>
    valueLine(value, LONGEST_VALUE),
  );
  return [
    `${outcome}  ${place}  ${text}`,
    ...(values.length > 0 ? [paint('faint', values.join(', '))] : []),
  ].join('  ');
}

function nameOf({ path = [] }: TraceEvent): string {
  return printable(pathText(['data', ...path]));
}
