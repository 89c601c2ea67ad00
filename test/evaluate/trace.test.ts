import { describe, expect, it } from 'vitest';
import {
  compilePlan,
  Evaluation,
  type EvaluationOptions,
  type TraceEvent,
} from '../../src/evaluate/index.ts';
import { fromJson, type Json, stringify } from '../../src/values/index.ts';
import { planOf } from './evaluated.ts';

function traceOf(text: string, input: Json, options: Partial<EvaluationOptions> = {}): readonly TraceEvent[] {
  const policy = compilePlan(planOf(text), { trace: true });
  const evaluation = new Evaluation(policy, {
    input: fromJson(input),
    now: 0n,
    traceEvents: 100,
    ...options,
  });
  evaluation.document(['test', 'p']);
  return evaluation.trace;
}

function line(event: TraceEvent): string {
  const place = event.line === undefined ? '' : ` ${event.line}:${event.column}`;
  const bound = (event.bound ?? []).map(([name, value]) => ` ${name}=${stringify(value)}`).join('');
  const operands =
    event.operands?.map(each => (each === undefined ? ' undefined' : ` ${stringify(each)}`)).join('') ?? '';
  const value = event.value === undefined ? '' : ` = ${stringify(event.value)}`;
  const path = event.path ? ` ${event.path.join('.')}` : '';
  return `${'  '.repeat(event.depth)}${event.kind}${path}${place}${bound}${operands}${value}${event.message ?? ''}${event.call === undefined ? '' : ` ${event.call}`}`;
}

describe('trace', () => {
  it('says which condition did not hold, and with what', () => {
    const text = 'package test\np if {\n\tsome x in input\n\tx > limit\n}\nlimit := 5';
    expect(traceOf(text, [3, 9]).map(line)).toEqual([
      'enter test.p',
      '  pass 3:7 [3,9]',
      '  pass 3:2 x=3 3',
      '  enter test.limit',
      '  leave test.limit = 5',
      '  fail 4:2 x=3 3 5 gt',
      '  pass 3:7 [3,9]',
      '  pass 3:2 x=9 9',
      '  pass 4:2 9 5 gt',
      'leave test.p = true',
    ]);
  });

  it('says what trace() says', () => {
    const events = traceOf('package test\np if trace("here")', null);
    expect(events.map(line)).toContain('  notehere');
  });

  it('keeps no more events than asked for', () => {
    expect(
      traceOf('package test\np := [x | some x in input]', [1, 2, 3, 4, 5, 6], { traceEvents: 4 }),
    ).toHaveLength(4);
  });

  it('shows of a negation what held', () => {
    const text = 'package test\np if not startswith(input, "a")';
    expect(traceOf(text, 'ab').map(line)).toContain('  fail 2:6 "ab" "a" startswith');
  });

  it('keeps events of the outer rules only where asked to', () => {
    const text = 'package test\np if {\n\tq\n\tinput > 1\n}\nq if input > 0';
    expect(traceOf(text, 1, { traceDepth: 1 }).map(line)).toEqual([
      'enter test.p',
      '  enter test.q',
      '  leave test.q = true',
      '  pass 3:2 true',
      '  fail 4:2 1 1 gt',
      'leave test.p',
    ]);
  });

  it('passes over operands that would be searched again', () => {
    const text = 'package test\np if count([x | some x in input]) > 2';
    const events = traceOf(text, [1]).filter(({ kind, call }) => kind === 'pass' && call === 'count');
    expect(events[0]!.operands).toEqual([undefined]);
  });
});
