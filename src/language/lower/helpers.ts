import type { Rule, Span } from '../../../grammar/index.ts';
import { Builder } from './build.ts';

/** Severities of vulnerabilities, the least first. */
export const severities = ['negligible', 'low', 'medium', 'high', 'critical'] as const;

const DAY = 86_400_000_000_000n;

/** The generated rules that several statements of a package share; `$` goes before the name. */
const makers = {
  /**
   * The images of the input by index, but for those that are no reference: they are denied without any
   * rule.
   */
  images: at => [
    at.rule('$images', {
      value: at.collectObject(
        at.var('$i'),
        at.var('$image'),
        at.somePair('$i', '$image', at.ref('input', 'images')),
        at.not(at.ref('$image', 'invalid')),
      ),
    }),
  ],
  /** A list of one string or object, or the elements of an array or a set; undefined of anything else. */
  listed: at => [
    at.rule('$listed', {
      args: ['$value'],
      value: at.array([at.var('$value')]),
      literals: [at.expr(at.call('is_string', at.var('$value')))],
      else: [
        {
          value: at.array([at.var('$value')]),
          literals: [at.expr(at.call('is_object', at.var('$value')))],
        },
        { value: at.var('$value'), literals: [at.expr(at.call('is_array', at.var('$value')))] },
        {
          value: at.collect(at.var('$item'), at.someIn('$item', at.var('$value'))),
          literals: [at.expr(at.call('is_set', at.var('$value')))],
        },
      ],
    }),
  ],
  /** The vulnerabilities that the policy's own data ignores; none where it says nothing of it. */
  ignored: at => [
    at.rule('$ignored', {
      value: at.var('$vulnerabilities'),
      literals: [at.assign('$vulnerabilities', at.ref('data', 'parameters', 'ignored_vulnerabilities'))],
      else: [{ value: at.array([]), literals: [] }],
    }),
  ],
  /** How grave each severity is. */
  severities: at => [
    at.rule('$severities', {
      value: at.object(Object.fromEntries(severities.map((name, rank) => [name, at.number(rank)]))),
    }),
  ],
  /** Nanoseconds of `12h`, `7d` or `2w`; undefined of anything else. */
  duration: at => [
    at.rule('$duration', {
      args: ['$text'],
      value: at.call('time.parse_duration_ns', at.var('$text')),
      literals: [matches(at, '^([0-9]+(h|m|s))+$')],
      else: [wholeDays(at, 'd', DAY), wholeDays(at, 'w', 7n * DAY)],
    }),
  ],
} satisfies Record<string, (at: Builder) => Rule[]>;

export type Helper = keyof typeof makers;

/** The rules of a helper, with the span of a statement that needs it. */
export function helperRules(helper: Helper, span: Span): Rule[] {
  return makers[helper](new Builder(span));
}

function wholeDays(at: Builder, unit: string, nanoseconds: bigint) {
  const count = at.call('to_number', at.call('trim_suffix', at.var('$text'), at.string(unit)));
  return {
    value: at.infix(count, '*', at.number(nanoseconds)),
    literals: [matches(at, `^[0-9]+${unit}$`)],
  };
}

function matches(at: Builder, expression: string) {
  return at.expr(at.call('regex.match', at.string(expression), at.var('$text')));
}
