import { lowerAllow } from './allow.ts';
import { lowerDeny } from './deny.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { repositorySubject } from './subject.ts';

/** `allow registry P`, `deny registry P`: the repository matches a pattern. */
export function lowerRegistry(lowering: Lowering, group: readonly Lowering[]): LoweredStatement {
  const subject = repositorySubject(lowering.at);
  return lowering.statement.verb === 'allow'
    ? lowerAllow(lowering, group, subject)
    : lowerDeny(lowering, subject);
}
