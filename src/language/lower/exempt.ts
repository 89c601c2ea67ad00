import type { Literal, Term } from '../../../grammar/index.ts';
import { Builder } from './build.ts';
import { constantOf } from './constant.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { defineNeeds, defineParameter, isUndefined, type Parameter } from './parameter.ts';
import { patternList } from './pattern-list.ts';
import { scopeLiterals } from './scope.ts';
import { eachImage } from './violation.ts';

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * `exempt P… from RULE… until DATE because TEXT`. An image is exempt only where the patterns match for certain
 * and date and reason are there; whether the date is past is judged with the verdict. What is not there is told as
 * the `problem` of an exemption that does not apply.
 */
export function lowerExempt(lowering: Lowering): LoweredStatement | undefined {
  const { at, statement, rule } = lowering;
  const until = required(lowering, 'until', 'a date such as "2027-01-31"');
  const because = required(lowering, 'because', 'who allowed it and why');
  const rules = exemptedRules(lowering);
  if (until === undefined || because === undefined || rules.length === 0) return undefined;
  const date = constantOf(until);
  if (typeof date === 'string' && date.trim() !== '' && !isDate(date))
    lowering.report(until.span, `expected a date, found ${lowering.textOf(until)}`, 'such as "2027-01-31"');
  const patterns = patternList(lowering, 'patterns', statement.args, 'image');
  const end = defineText(lowering, 'until', until);
  const reason = defineText(lowering, 'because', because);
  const matches = at.expr(at.call('image.matches', at.var('$image'), patterns.list));
  const scope = conditions(lowering);
  const exempt = (object: Readonly<Record<string, Term>>, ...literals: readonly Literal[]) =>
    at.rule(rule, {
      key: at.object({ image: at.var('$i'), rules: at.strings(rules), ...object }),
      literals: [...eachImage(lowering, undefined), ...literals, ...scope],
    });
  const without = (parameter: Parameter, ...literals: readonly Literal[]) =>
    exempt(
      { problem: at.string(`${parameter.text} is undefined or no text`) },
      isUndefined(parameter),
      ...literals,
    );
  lowering.rules.push(
    exempt({ until: end.term, because: reason.term }, matches),
    ...patterns.parameters.map(parameter => without(parameter)),
    ...[end, reason].filter(({ constant }) => !constant).map(parameter => without(parameter, matches)),
  );
  return { statement, rule, severity: 'error' };
}

/** A text that is there: not empty, and nothing but a text. Reports one that is written out and is none. */
function defineText(lowering: Lowering, part: 'until' | 'because', term: Term): Parameter {
  const parameter = defineParameter(lowering, `${part}_value`, term);
  const constant = constantOf(term);
  if (constant !== undefined && (typeof constant !== 'string' || constant.trim() === ''))
    lowering.report(term.span, `expected a text, found ${lowering.textOf(term)}`);
  const at = new Builder(term.span);
  const perImage = parameter.term.kind === 'call';
  const value = at.var('$value');
  const isText = at.expr(at.call('is_string', value));
  const isWritten = at.test(at.call('trim_space', value), '!=', at.string(''));
  const name = lowering.define(
    part,
    {
      ...(perImage && { args: ['$image'] }),
      value,
      literals: [at.assign('$value', parameter.term), isText, isWritten],
    },
    at,
  );
  return { ...parameter, term: perImage ? at.call(name, at.var('$image')) : at.var(name) };
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
