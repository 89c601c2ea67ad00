import type { Literal, Term } from '../../../grammar/index.ts';
import { defineEvidence } from './evidence.ts';
import { severities } from './helpers.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import { defineParameter, type Parameter } from './parameter.ts';
import { patternList } from './pattern-list.ts';
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
 * `require scan below S within AGE by SCANNER where { … }`: a vulnerability report that meets all of them.
 * Of the report it reads `scanner`, `created_at` (RFC 3339) and `vulnerabilities`, each with `id` and
 * `severity`; a vulnerability whose severity is not known is not below any.
 */
export function lowerScan(lowering: Lowering): LoweredStatement {
  const { at } = lowering;
  const question = at.call('scan.report', at.var('$image'));
  const evidence = defineEvidence(lowering, question, { subject: 'a vulnerability report', signed: false });
  const report = [...evidence.content, at.assign('$scan', at.ref('$answer', 'document'))];
  const conditions = [belowOf, withinOf, byOf, whereOf].map(condition => condition(lowering));
  const given = conditions.filter(condition => condition !== undefined);
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
  const term = lowering.termClause('within');
  if (term === undefined) return undefined;
  if (term.kind === 'string' && !/^(?:\d+[dw]|(?:\d+[hms])+)$/.test(term.value))
    lowering.report(term.span, `expected a duration, found "${term.value}"`, 'such as "12h", "7d" or "2w"');
  const { at } = lowering;
  const limit = defineParameter(lowering, 'within', term);
  const created = at.ref('$scan', 'created_at');
  const age = at.infix(at.call('time.now_ns'), '-', at.call('time.parse_rfc3339_ns', created));
  return {
    parameters: [limit],
    holds: [at.test(age, '<=', at.call(lowering.use('duration'), limit.term))],
    findings: [
      {
        literals: [at.test(age, '>', at.call(lowering.use('duration'), limit.term))],
        message: message(at, 'the vulnerability report is older than %v', limit.term),
        expected: message(at, 'a report not older than %v', limit.term),
        found: message(at, '%v', created),
      },
    ],
  };
}

function byOf(lowering: Lowering): Condition | undefined {
  const term = lowering.termClause('by');
  if (term === undefined) return undefined;
  const { at } = lowering;
  const scanners = patternList(lowering, 'by', [term], 'name');
  const scanner = at.ref('$scan', 'scanner');
  return {
    parameters: scanners.parameters,
    holds: [at.member(scanner, scanners.list)],
    findings: [
      {
        literals: [
          at.expr(at.call('is_array', scanners.list)),
          at.not(memberTerm(lowering, scanner, scanners.list)),
        ],
        message: message(at, 'the vulnerability report is by %v', scanner),
        expected: message(at, 'a report by %s', scanners.shown),
        found: message(at, '%v', scanner),
      },
    ],
  };
}

function memberTerm({ at }: Lowering, value: Term, collection: Term): Term {
  return at.member(value, collection).term;
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
