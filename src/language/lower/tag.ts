import { lowerAllow } from './allow.ts';
import { lowerDeny } from './deny.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { tagSubject } from './subject.ts';

/** `allow tag T`, `deny tag T`: the tag by which the image is pulled matches. */
export function lowerTag(lowering: Lowering, group: readonly Lowering[]): LoweredStatement {
  const { at, statement } = lowering;
  return statement.verb === 'allow'
    ? lowerAllow(lowering, group, tagSubject(at, 'let-in'))
    : lowerDeny(lowering, tagSubject(at, 'keep-out'));
}
