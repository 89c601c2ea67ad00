import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import { patternList } from './pattern-list.ts';
import { scopeLiterals } from './scope.ts';
import type { Subject } from './subject.ts';
import { defineRequirement } from './violation.ts';

/** `deny registry P`, `deny tag T`, `deny base P`: an image passes where for certain no pattern matches. */
export function lowerDeny(lowering: Lowering, subject: Subject): LoweredStatement {
  const { at, severity } = lowering;
  const patterns = patternList(lowering, 'patterns', lowering.statement.args, subject.patterns);
  const matches = at.call(subject.matches, subject.operand, patterns.list);
  const matching = severity === 'error' ? 'is denied by %q' : 'matches %q, which is warned about';
  return defineRequirement(lowering, {
    passes: [subject.each(at.test(matches, '==', at.boolean(false)))],
    scope: scopeLiterals(lowering, subject.scope),
    parameters: patterns.parameters,
    findings: [
      ...subject.findings,
      {
        literals: [at.assign('$matched', subject.whichMatches(patterns.list))],
        message: message(at, `${subject.name} %q ${matching}`, subject.found, at.var('$matched')),
        expected: message(at, `a ${subject.name} that matches none of %s`, patterns.shown),
        found: subject.found,
      },
    ],
    otherwise: `${patterns.text}: not a list of patterns, and undecided is ${lowering.outcome}`,
  });
}
