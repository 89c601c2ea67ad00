import type { Literal, Term } from '../../../grammar/index.ts';
import type { Branch } from './build.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { defineText, isUndefined, type Parameter } from './parameter.ts';

/** What a statement wants of each image, over the variable `$image`. */
export interface Requirement {
  /** Bodies one of which must hold for the image to pass; whatever is undefined does not let it pass. */
  readonly passes: readonly (readonly Literal[])[];
  /** To which images it applies: `scopeLiterals` of the statement. */
  readonly scope: readonly Literal[];
  /** Values without which it cannot be decided; where one is undefined, the message says which. */
  readonly parameters: readonly Parameter[];
  /** What to say of an image that does not pass: the first whose literals hold. */
  readonly findings: readonly Finding[];
  /** What to say where none of them is defined. */
  readonly otherwise: string;
}

export interface Finding {
  readonly literals: readonly Literal[];
  readonly message: Term;
  readonly expected?: Term;
  readonly found?: Term;
  /** What to do about it. */
  readonly fix?: string;
  /** The outside could not be asked. */
  readonly indeterminate?: boolean;
}

/**
 * Makes the rules of a requirement:
 *
 *   $r_scope contains $i if …                              where it does not apply to all images
 *   $r_passes($image) if …                                 the bodies of `passes`
 *   $r_violation($i, $image) := {…} if … else := {…}       always defined
 *   r contains $violation if { …; not $r_passes($image); $violation := $r_violation($i, $image) }
 *
 * An image passes only where that is established: an undefined value anywhere leaves it denied.
 */
export function defineRequirement(lowering: Lowering, requirement: Requirement): LoweredStatement {
  const { at, statement, rule, severity } = lowering;
  const scopeRule = defineScope(lowering, requirement.scope);
  const passes = lowering.name('passes');
  for (const literals of requirement.passes)
    lowering.rules.push(at.rule(passes, { args: ['$image'], literals }));
  const exceptions = requirement.passes.length === 0 ? [] : [at.not(at.call(passes, at.var('$image')))];
  const violation = defineViolation(lowering, requirement);
  lowering.rules.push(
    at.rule(rule, {
      key: at.var('$violation'),
      literals: [
        ...eachImage(lowering, scopeRule),
        ...exceptions,
        at.assign('$violation', at.call(violation, at.var('$i'), at.var('$image'))),
      ],
    }),
  );
  return { statement, rule, severity, ...(scopeRule !== undefined && { scopeRule }) };
}

/** Defines the set of the indexes of the images that it applies to; undefined where these are all. */
export function defineScope(lowering: Lowering, literals: readonly Literal[]): string | undefined {
  const { at } = lowering;
  if (literals.length === 0) return undefined;
  return lowering.define('scope', {
    key: at.var('$i'),
    literals: [...eachImage(lowering, undefined), ...literals],
  });
}

/** Binds `$i` and `$image` to each image of the scope. */
export function eachImage(lowering: Lowering, scopeRule: string | undefined): Literal[] {
  const { at } = lowering;
  const images = at.var(lowering.use('images'));
  if (scopeRule === undefined) return [at.somePair('$i', '$image', images)];
  return [at.someIn('$i', at.var(scopeRule)), at.assign('$image', at.ref(images, at.var('$i')))];
}

function defineViolation(lowering: Lowering, requirement: Requirement): string {
  const { at } = lowering;
  const missing = requirement.parameters
    .filter(parameter => !parameter.constant)
    .map(parameter => ({
      literals: [isUndefined(parameter)],
      message: at.string(`${parameter.text} is undefined, and undecided is ${lowering.outcome}`),
    }));
  const because = lowering.termClause('because');
  const reason = because && defineText(lowering, 'because', because);
  const [first, ...others] = [
    ...missing,
    ...requirement.findings,
    { literals: [], message: at.string(requirement.otherwise) },
  ].map(finding => toBranch(lowering, finding, reason));
  return lowering.define('violation', {
    args: ['$i', '$image'],
    value: first!.value,
    literals: first!.literals,
    else: others,
  });
}

/** Its texts are made in the body: where one is undefined, the next branch is taken. */
function toBranch(lowering: Lowering, finding: Finding, because: Term | undefined): Branch {
  const { at } = lowering;
  const literals = [...finding.literals];
  const bind = (name: string, term: Term | undefined): Term | undefined => {
    if (term === undefined || term.kind === 'string') return term;
    literals.push(at.assign(name, term));
    return at.var(name);
  };
  const value = at.object({
    image: at.var('$i'),
    message: bind('$message', finding.message),
    expected: bind('$expected', finding.expected),
    found: bind('$found', finding.found),
    because,
    indeterminate: finding.indeterminate ? at.boolean(true) : undefined,
    fix: finding.fix === undefined ? undefined : at.object({ description: at.string(finding.fix) }),
  });
  return { value, literals };
}
