import type { Literal, Term } from '../../../grammar/index.ts';
import { constantOf } from './constant.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { defineNeeds, defineParameter, defineText } from './parameter.ts';
import { patternList } from './pattern-list.ts';
import { scopeLiterals } from './scope.ts';
import { eachImage } from './violation.ts';

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * `exempt P… from RULE… until DATE because TEXT`. An image is exempt only where the patterns match for certain
 * and the date is there; whether the date is past is judged with the verdict.
 */
export function lowerExempt(lowering: Lowering): LoweredStatement | undefined {
  const { at, statement, rule } = lowering;
  const until = required(lowering, 'until', 'a date such as "2027-01-31"');
  const because = required(lowering, 'because', 'who allowed it and why');
  const rules = exemptedRules(lowering);
  if (until === undefined || because === undefined || rules.length === 0) return undefined;
  const date = constantOf(until);
  if (date !== undefined && !isDate(date))
    lowering.report(until.span, `expected a date, found ${lowering.textOf(until)}`, 'such as "2027-01-31"');
  const patterns = patternList(lowering, 'patterns', statement.args, 'image');
  const end = defineParameter(lowering, 'until', until);
  const matches = at.call('image.matches', at.var('$image'), patterns.list);
  const exemption = at.object({
    image: at.var('$i'),
    rules: at.strings(rules),
    until: end.term,
    because: defineText(lowering, 'because', because),
  });
  lowering.rules.push(
    at.rule(rule, {
      key: exemption,
      literals: [...eachImage(lowering, undefined), at.expr(matches), ...conditions(lowering)],
    }),
  );
  return { statement, rule, severity: 'error' };
}

/** `if` must hold; `unless` must not hold for certain: each path that it looks at must exist. */
function conditions(lowering: Lowering): Literal[] {
  const { at } = lowering;
  const unless = lowering.bodyClause('unless');
  if (unless === undefined) return scopeLiterals(lowering);
  const needs = lowering.needs(unless, { effect: 'fails', alone: true });
  const given = defineNeeds(lowering, needs).map(({ term }) => at.defined(term));
  return [...given, ...scopeLiterals(lowering)];
}

function required(lowering: Lowering, word: 'until' | 'because', what: string): Term | undefined {
  const term = lowering.termClause(word);
  if (term === undefined) lowering.report(lowering.statement.span, `exempt needs "${word}": ${what}`);
  return term;
}

/** The names after `from`, each of which must be a rule of the package. */
function exemptedRules(lowering: Lowering): string[] {
  const terms = lowering.listClause('from') ?? [];
  if (terms.length === 0)
    lowering.report(lowering.statement.span, 'exempt needs "from": the rules whose violations it lifts');
  const names: string[] = [];
  for (const term of terms) {
    const name = term.kind === 'var' ? term.name : lowering.textOf(term);
    if (lowering.package.ruleNames.has(name)) names.push(name);
    else {
      const known = [...lowering.package.ruleNames].sort().join(', ');
      lowering.report(term.span, `no rule ${name} in this package`, `it has ${known}`);
    }
  }
  return names;
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value));
}
