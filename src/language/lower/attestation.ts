import type { Literal, Term } from '../../../grammar/index.ts';
import { type Age, ageOf } from './age.ts';
import { authoritiesOf } from './authorities.ts';
import { countOf, reaches } from './count.ts';
import { defineEvidence } from './evidence.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import { defineParameter } from './parameter.ts';
import { defineOpening, scopeLiterals } from './scope.ts';
import { defineRequirement, type Finding } from './violation.ts';

/** Those of the proven statements that meet a condition. */
interface Fit {
  /** The statements of a list that do, where `$image` is in scope. */
  readonly of: (statements: Term) => Term;
  /** How many authorities have one such; of several manifests, one for each of them. */
  readonly count: Term;
}

/**
 * `require [count] attestation TYPE by A within AGE where { … }`: a signed in-toto statement of that predicate
 * type. The age is that of the signature, by what a log or a timestamp proves: where none does it is not known,
 * and the image is denied. Statements count that meet both; where several manifests may run, each must have one.
 */
export function lowerAttestation(lowering: Lowering): LoweredStatement | undefined {
  const { at, statement } = lowering;
  const authorities = authoritiesOf(lowering);
  const count = countOf(lowering, authorities);
  const [typeTerm] = statement.args;
  if (typeTerm === undefined) lowering.report(statement.span, 'attestation needs a predicate type');
  if (authorities === undefined || typeTerm === undefined) return undefined;
  const type = defineParameter(lowering, 'type', typeTerm);
  const question = at.call('attestation.verified', at.var('$image'), type.term, authorities.term);
  const subject = `an attestation ${type.text} by ${authorities.text}`;
  const evidence = defineEvidence(lowering, question, { subject, signed: true });
  const { content } = evidence;
  const age = ageOf(lowering);
  const fresh =
    age && defineFit(lowering, 'fresh', [age.holds(at.ref('$statement', 'verification', 'signed_at'))]);
  const where = whereLiterals(lowering);
  const fit = where === undefined ? fresh : defineFit(lowering, 'fit', where, fresh);
  return defineRequirement(lowering, {
    passes: passing(lowering, count, fit).map(literals => [...content, ...literals]),
    scope: scopeLiterals(lowering),
    parameters: [authorities, type, ...(age ? [age.limit] : [])],
    findings: [
      ...evidence.findings,
      ...[
        ...shortage(lowering, count, at.ref('$answer', 'count'), 'are there'),
        ...(age && fresh ? tooOld(lowering, { count, type: type.text, age, fresh }) : []),
        ...(fit && where ? shortage(lowering, count, fit.count, 'satisfy "where"') : []),
      ].map(finding => ({ ...finding, literals: [...content, ...finding.literals] })),
      { literals: content, message: at.string(`no attestation ${type.text} satisfies "where"`) },
    ],
    otherwise: `${type.text} by ${authorities.text}: no type and authority that could be checked`,
  });
}

/** What must hold of `$answer`, in one way or another. */
function passing({ at }: Lowering, count: number, fit: Fit | undefined): readonly (readonly Literal[])[] {
  if (fit === undefined) return [reaches(at, count)];
  const enough = [at.test(fit.count, '>=', at.number(count))];
  if (count > 1) return [enough];
  return [[at.test(fit.of(at.ref('$answer', 'statements')), '!=', at.array([]))], enough];
}

function whereLiterals(lowering: Lowering): readonly Literal[] | undefined {
  const { at } = lowering;
  const where = lowering.bodyClause('where');
  if (where === undefined) return undefined;
  const condition = defineOpening(lowering, 'where', where, ['image', 'statement', 'predicate']);
  return [at.assign('$predicate', at.ref('$statement', 'predicate')), at.expr(condition)];
}

/** Of the statements that meet an earlier condition, those of which the literals hold, over `$statement`. */
function defineFit(lowering: Lowering, part: string, literals: readonly Literal[], earlier?: Fit): Fit {
  const { at } = lowering;
  const [image, answer] = [at.var('$image'), at.var('$answer')];
  const given = at.var('$statements');
  const each = at.someIn('$statement', earlier === undefined ? given : earlier.of(given));
  const fit = lowering.define(part, {
    args: ['$image', '$statements'],
    value: at.collect(at.var('$statement'), each, ...literals),
  });
  const of = (statements: Term) => at.call(fit, image, statements);
  const parts = at.collect(of(at.ref('$part', 'statements')), at.someIn('$part', at.ref('$answer', 'parts')));
  const counted = (lists: Term) => at.call('count', at.call('attestation.authorities', lists));
  const count = lowering.define(`${part}_count`, {
    args: ['$image', '$answer'],
    value: counted(at.array([of(at.ref('$answer', 'statements'))])),
    else: [{ value: counted(parts), literals: [] }],
  });
  return { of, count: at.call(count, image, answer) };
}

function tooOld(
  { at }: Lowering,
  given: { readonly count: number; readonly type: string; readonly age: Age; readonly fresh: Fit },
): readonly Finding[] {
  const { count, type, age, fresh } = given;
  const signed = `proven to have been signed within %v`;
  return [
    {
      literals: [at.test(fresh.count, '<', at.number(count))],
      message:
        count === 1
          ? message(at, `no attestation ${type.replaceAll('%', '%%')} is ${signed}`, age.limit.term)
          : message(at, `%v of ${count} required attestations are ${signed}`, fresh.count, age.limit.term),
      expected: message(at, 'an attestation signed within %v', age.limit.term),
    },
  ];
}

function shortage({ at }: Lowering, count: number, found: Term, what: string): readonly Finding[] {
  if (count === 1) return [];
  return [
    {
      literals: [at.test(found, '<', at.number(count))],
      message: message(at, `%v of ${count} required attestations ${what}`, found),
    },
  ];
}
