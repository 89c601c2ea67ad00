import type { Literal, Term } from '../../../grammar/index.ts';
import { mentions } from './generated-names.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import { type PatternList, patternList } from './pattern-list.ts';
import { scopeLiterals } from './scope.ts';
import type { Subject } from './subject.ts';
import { defineRequirement, type Finding, type Requirement } from './violation.ts';

/**
 * `allow registry P`, `allow tag T`, `allow base P`. The statements of one noun in a package are
 * alternatives: an image must match one of those that apply to it. The first of these reports it.
 * `group` has all of them in order, this one among them.
 */
export function lowerAllow(
  lowering: Lowering,
  group: readonly Lowering[],
  subject: Subject,
): LoweredStatement {
  const { at } = lowering;
  const patterns = patternList(lowering, 'patterns', lowering.statement.args, subject.patterns);
  const scope = scopeLiterals(lowering, subject.scope);
  const matches = at.call(subject.matches, subject.operand, patterns.list);
  const alternative =
    group.length === 1
      ? { passes: [subject.each(at.expr(matches))], scope, expected: patterns.shown }
      : defineAlternative(lowering, group, { subject, patterns, scope, matches });
  return defineRequirement(lowering, {
    ...alternative,
    parameters: patterns.parameters,
    findings: [...subject.findings, ...unmatched(lowering, subject, patterns, alternative.expected)],
    otherwise: `${patterns.text}: not a list of patterns, and undecided is ${lowering.outcome}`,
  });
}

interface Alternative {
  readonly subject: Subject;
  readonly patterns: PatternList;
  readonly scope: readonly Literal[];
  readonly matches: Term;
}

/**
 *   $r_applies($image) if …            this statement is in scope
 *   $r_offers($image) := ["…"]         its patterns as text where it is, else []
 *   $first_allowed($image) if …        of all the group: some statement that applies matches
 */
function defineAlternative(
  lowering: Lowering,
  group: readonly Lowering[],
  { subject, patterns, scope, matches }: Alternative,
): Pick<Requirement, 'passes' | 'scope'> & { readonly expected: Term } {
  const { at } = lowering;
  const first = group[0]!;
  const image = at.var('$image');
  const args = [mentions(scope, '$image') ? '$image' : '_'];
  const applies = at.call(lowering.define('applies', { args, literals: scope }), image);
  lowering.define('offers', {
    args: ['$image'],
    value: at.array([patterns.shown]),
    literals: [at.expr(applies)],
    else: [{ value: at.array([]), literals: [] }],
  });
  if (lowering === first) defineGroup(lowering, group);
  const operands = subject.operand.name === '$image' ? [image] : [image, subject.operand];
  const allowed = first.name('allowed');
  const names = operands.map(({ name }) => name);
  lowering.rules.push(at.rule(allowed, { args: names, literals: [at.expr(applies), at.expr(matches)] }));
  const usable = patterns.constant ? [] : [at.expr(at.call('is_boolean', matches))];
  const isOther = at.test(at.call(first.name('reporter'), image), '!=', at.string(lowering.rule));
  return {
    passes: [
      subject.each(...usable, at.expr(at.call(allowed, ...operands))),
      ...(lowering === first ? [] : [[...(patterns.constant ? [] : subject.each(...usable)), isOther]]),
    ],
    scope: scope.length === 0 ? [] : [at.expr(applies)],
    expected: at.call(first.name('offered'), image),
  };
}

/**
 *   $first_reporter($image) := "r"     the first statement that applies
 *   $first_offered($image) := "…, …"   the patterns of all that apply
 *
 * Made once for the group: were each to name those before it, many would cost more than their number.
 */
function defineGroup(lowering: Lowering, group: readonly Lowering[]): void {
  const { at } = lowering;
  const image = at.var('$image');
  const [first, ...others] = group.map(each => ({
    value: at.string(each.rule),
    literals: [at.expr(at.call(each.name('applies'), image))],
  }));
  lowering.define('reporter', { args: ['$image'], ...first!, else: others });
  const offers = at.array(group.map(each => at.call(each.name('offers'), image)));
  const texts = at.collect(
    at.var('$text'),
    at.someIn('$texts', offers),
    at.someIn('$text', at.var('$texts')),
  );
  lowering.define('offered', { args: ['$image'], value: at.call('concat', at.string(', '), texts) });
}

/** A statement whose own patterns are no list says that, not that they do not match. */
function unmatched(
  { at }: Lowering,
  subject: Subject,
  patterns: PatternList,
  offered: Term,
): readonly Finding[] {
  const expected = message(at, `a ${subject.name} that matches one of %s`, offered);
  const matches = at.call(subject.matches, subject.operand, patterns.list);
  return [
    {
      literals: patterns.constant ? [] : subject.each(at.expr(at.call('is_boolean', matches))),
      message: message(at, `${subject.name} %q is not allowed`, subject.found),
      expected,
      found: subject.found,
    },
  ];
}
