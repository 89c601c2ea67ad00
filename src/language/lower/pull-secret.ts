import type { Literal } from '../../../grammar/index.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import { patternList } from './pattern-list.ts';
import { scopeLiterals } from './scope.ts';
import { defineRequirement } from './violation.ts';

/**
 * `require pull_secret [names]`: the workload names an image pull secret, one of those where names are
 * given.
 */
export function lowerPullSecret(lowering: Lowering): LoweredStatement {
  const { at, statement } = lowering;
  const names =
    statement.args.length === 0 ? undefined : patternList(lowering, 'names', statement.args, 'name');
  const secrets = at.ref('$image', 'pull_secrets');
  const some: Literal[] = [at.someIn('$secret', secrets), at.expr(at.call('is_string', at.var('$secret')))];
  if (names !== undefined) some.push(at.member(at.var('$secret'), names.list));
  const wanted = names === undefined ? 'an image pull secret' : `an image pull secret out of ${names.text}`;
  const named = (text: string) =>
    names === undefined ? at.string(text) : message(at, `${text} out of %s`, names.shown);
  return defineRequirement(lowering, {
    passes: [some],
    scope: scopeLiterals(lowering),
    parameters: names?.parameters ?? [],
    findings: [
      {
        literals: [at.test(at.call('count', secrets), '>', at.number(0))],
        message: named('the workload does not name an image pull secret'),
        expected: named('an image pull secret'),
        found: message(at, '%s', at.call('concat', at.string(', '), secrets)),
      },
    ],
    otherwise: `the workload does not name ${wanted}`,
  });
}
