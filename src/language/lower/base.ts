import { lowerAllow } from './allow.ts';
import { lowerDeny } from './deny.ts';
import { defineEvidence } from './evidence.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import type { Subject } from './subject.ts';

/** `allow base P`, `deny base P`: each base image that is known matches a pattern, or none does. */
export function lowerBase(lowering: Lowering, group: readonly Lowering[]): LoweredStatement {
  const subject = baseSubject(lowering);
  return lowering.statement.verb === 'allow'
    ? lowerAllow(lowering, group, subject)
    : lowerDeny(lowering, subject);
}

/** An image whose base is not known passes neither. */
function baseSubject(lowering: Lowering): Subject {
  const { at } = lowering;
  const question = at.call('image.base', at.var('$image'));
  const evidence = defineEvidence(lowering, question, { subject: 'the base image', signed: false });
  const bases = at.ref('$answer', 'images');
  const known = at.test(at.call('count', bases), '>', at.number(0));
  const operand = at.var('$base');
  return {
    name: 'base image',
    matches: 'image.matches',
    patterns: 'image',
    operand,
    each: (...literals) => [...evidence.content, known, at.every('$base', bases, ...literals)],
    whichMatches: list => {
      const matched = at.assign('$pattern', at.call('image.matched', operand, list));
      const all = at.collect(at.var('$pattern'), evidence.bind, at.someIn('$base', bases), matched);
      return at.ref(all, at.number(0));
    },
    found: at.call('concat', at.string(', '), at.collect(operand, evidence.bind, at.someIn('$base', bases))),
    scope: [],
    findings: evidence.findings,
  };
}
