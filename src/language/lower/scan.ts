import type { Literal, Term } from '../../../grammar/index.ts';
import { ageOf } from './age.ts';
import { makersOf } from './authorities.ts';
import { defineEvidence } from './evidence.ts';
import { severities } from './helpers.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import { defineParameter, type Parameter } from './parameter.ts';
import { defineOpening, scopeLiterals } from './scope.ts';
import { defineRequirement, type Finding } from './violation.ts';

/** Vulnerabilities that a message names. */
const NAMED = 10;

/** One condition on a report, over `$scan`. */
interface Condition {
  readonly parameters: readonly Parameter[];
  readonly holds: readonly Literal[];
  readonly findings: readonly Finding[];
}

/**
 * `require scan below S within AGE by M where { … }`: a vulnerability report that meets all of them; the newest by
 * M, without what `data.parameters.ignored_vulnerabilities` ignores. Of the report it reads `scanner`, `created_at` (RFC 3339) and `vulnerabilities`, each with `id` and
 * `severity`; a vulnerability whose severity is not known is not below any.
 */
export function lowerScan(lowering: Lowering): LoweredStatement {
  const { at } = lowering;
  const by = makersOf(lowering);
  const criteria = at.object({ by: by?.term, ignored: at.var(lowering.use('ignored')) });
  const question = at.call('scan.select', at.var('$image'), criteria);
  const subject = `a vulnerability report${by === undefined ? '' : ` by ${by.text}`}`;
  const evidence = defineEvidence(lowering, question, { subject, signed: false });
  const report = [...evidence.content, at.assign('$scan', at.ref('$answer', 'document'))];
  const given = [belowOf(lowering), withinOf(lowering), byOf(lowering, by), whereOf(lowering)].filter(
    condition => condition !== undefined,
  );
  return defineRequirement(lowering, {
    passes: [[...report, ...given.flatMap(({ holds }) => holds)]],
    scope: scopeLiterals(lowering),
    parameters: given.flatMap(({ parameters }) => parameters),
    findings: [
      ...evidence.findings,
      ...given.flatMap(({ findings }) =>
        findings.map(finding => ({ ...finding, literals: [...report, ...finding.literals] })),
      ),
    ],
    otherwise: 'the vulnerability report could not be judged',
  });
}

function belowOf(lowering: Lowering): Condition | undefined {
  const term = lowering.termClause('below');
  if (term === undefined) return undefined;
  if (term.kind === 'string' && !severities.some(severity => severity === term.value))
    lowering.report(
      term.span,
      `expected a severity, found "${term.value}"`,
      `one of ${severities.join(', ')}`,
    );
  const { at } = lowering;
  const limit = defineParameter(lowering, 'below', term);
  const rank = (severity: Term) => at.ref(lowering.use('severities'), at.call('lower', severity));
  const isBelow = at.test(rank(at.ref('$vulnerability', 'severity')), '<', rank(limit.term));
  const vulnerabilities = at.ref('$scan', 'vulnerabilities');
  const args = limit.term.kind === 'call' ? ['$vulnerability', '$image'] : ['$vulnerability'];
  const isBelowName = lowering.define('is_below', { args, literals: [isBelow] });
  const below = at.call(isBelowName, ...args.map(argument => at.var(argument)));
  return {
    parameters: [limit],
    holds: [
      at.expr(at.call('is_array', vulnerabilities)),
      at.expr(at.call('is_number', rank(limit.term))),
      at.every('$vulnerability', vulnerabilities, at.expr(below)),
    ],
    findings: [tooGrave(lowering, below, limit)],
  };
}

/** Says how many are not below the limit, and names the first of them. */
function tooGrave({ at }: Lowering, below: Term, limit: Parameter): Finding {
  const vulnerability = at.var('$vulnerability');
  const vulnerabilities = at.ref('$scan', 'vulnerabilities');
  const grave = at.collect(vulnerability, at.someIn('$vulnerability', vulnerabilities), at.not(below));
  const name = at.assign('$id', at.ref(vulnerability, 'id'));
  const names = at.collect(at.var('$id'), at.someIn('$vulnerability', at.var('$grave')), name);
  const first = at.call('array.slice', names, at.number(0), at.number(NAMED));
  const count = at.call('count', at.var('$grave'));
  return {
    literals: [at.assign('$grave', grave), at.test(count, '>', at.number(0))],
    message: message(
      at,
      '%v vulnerabilities are not below %v: %v',
      count,
      limit.term,
      at.call('concat', at.string(', '), first),
    ),
    expected: message(at, 'no vulnerability of severity %v or above', limit.term),
  };
}

function withinOf(lowering: Lowering): Condition | undefined {
  const age = ageOf(lowering);
  if (age === undefined) return undefined;
  const created = lowering.at.ref('$scan', 'created_at');
  return {
    parameters: [age.limit],
    holds: [age.holds(created)],
    findings: [age.tooOld('vulnerability report', created)],
  };
}

/** The answer is chosen by it already; a report by nobody that was asked for is none all the same. */
function byOf(lowering: Lowering, by: Parameter | undefined): Condition | undefined {
  if (by === undefined) return undefined;
  const { at } = lowering;
  const scanner = at.ref('$answer', 'document', 'scanner');
  const listed = at.assign('$makers', at.call(lowering.use('listed'), by.term));
  const isName = at.expr(at.call('is_string', at.var('$name')));
  const names = at.assign(
    '$names',
    at.collect(at.var('$name'), at.someIn('$name', at.var('$makers')), isName),
  );
  const count = (name: string) => at.call('count', at.var(name));
  const isScanner = at.member(scanner, at.var('$names'));
  const isSigned = at.test(at.ref('$answer', 'status'), '==', at.string('verified'));
  const ways = [
    [isScanner, at.test(count('$names'), '==', count('$makers'))],
    [isScanner, isSigned],
    [at.test(count('$names'), '==', at.number(0)), at.test(count('$makers'), '>', at.number(0)), isSigned],
  ];
  const args = ['$image', '$answer'];
  for (const literals of ways) lowering.define('is_by', { args, literals: [listed, names, ...literals] });
  const isBy = at.call(lowering.name('is_by'), ...args.map(argument => at.var(argument)));
  return {
    parameters: [by],
    holds: [at.expr(isBy)],
    findings: [
      {
        literals: [at.not(isBy)],
        message: message(at, 'the vulnerability report is by %v', scanner),
        expected: at.string(`a report by ${by.text}`),
        found: message(at, '%v', scanner),
      },
    ],
  };
}

function whereOf(lowering: Lowering): Condition | undefined {
  const where = lowering.bodyClause('where');
  if (where === undefined) return undefined;
  const { at } = lowering;
  const condition = defineOpening(lowering, 'where', where, ['image', 'scan']);
  return {
    parameters: [],
    holds: [at.expr(condition)],
    findings: [
      {
        literals: [at.not(condition)],
        message: at.string('the vulnerability report does not satisfy "where"'),
      },
    ],
  };
}
