import { Budget, type BudgetLimits, type Diagnostic, Halt } from '../../base/index.ts';
import { type CompiledPolicy, compilePlan, Evaluation } from '../../evaluate/index.ts';
import { planPolicy } from '../../language/index.ts';
import { isArray, isObject, isSet, ObjectValue, SetValue, type Value } from '../../values/index.ts';
import { checkTemplate } from './check-template.ts';
import type { Constraint } from './constraint.ts';
import type { Inventory } from './inventory.ts';
import { matches } from './match.ts';
import type { Review } from './review.ts';
import type { Template } from './template.ts';

/** A template ready to judge. */
export interface CompiledTemplate {
  readonly template: Template;
  readonly policy: CompiledPolicy;
  /** Of the rule `violation`, without `data`. */
  readonly path: readonly string[];
}

/** Checks and compiles a template, once for all its constraints. */
export function compileTemplate(template: Template): {
  readonly compiled?: CompiledTemplate;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { checked, diagnostics } = checkTemplate(template);
  if (checked === undefined) return { diagnostics };
  const entry = checked.modules.find(({ source }) => source === template.entry)!;
  const path = [...entry.module.package.path, 'violation'];
  return { compiled: { template, policy: compilePlan(planPolicy(checked)), path }, diagnostics };
}

export interface ReviewOptions {
  /** Nanoseconds since 1970, the time that policies see. */
  readonly now: bigint;
  readonly budget?: BudgetLimits;
}

/** What a template says against an object; `details` is an empty object where it gives none. */
export interface Violation {
  readonly message: string;
  readonly details: Value;
}

/**
 * The violations of a constraint by what is under review; none where the constraint does not match it.
 * As in Gatekeeper, equal ones count once, a built-in function that fails is undefined, and what cannot be
 * judged (a conflict of rules, a namespace whose labels are not known) is itself a violation. Throws
 * a Halt where the budget is exhausted or a `msg` is no text.
 */
export function violationsOf(
  { policy, path }: CompiledTemplate,
  constraint: Constraint,
  review: Review,
  inventory: Inventory,
  options: ReviewOptions,
): readonly Violation[] {
  if (!constraint.enforced) return [];
  const namespace = inventory.namespaces.get(review.namespace);
  const matched = review.objects.map(object => matches(constraint.match, object, namespace));
  const decisive = matched.find(match => match !== false);
  if (decisive === undefined) return matched.includes(undefined) ? [unknownNamespace(review)] : [];
  const evaluation = new Evaluation(policy, {
    input: ObjectValue.of([
      ['review', review.value],
      ['parameters', constraint.parameters],
    ]),
    data: ObjectValue.of([['inventory', inventory.value]]),
    now: options.now,
    budget: new Budget(options.budget),
  });
  let found: Value | undefined;
  try {
    found = evaluation.document(path);
  } catch (error) {
    if (!(error instanceof Halt) || error.code === 'eval_budget_error') throw error;
    return [{ message: `${error.code}: ${error.message}`, details: ObjectValue.empty }];
  }
  return distinct(found).map(toViolation);
}

function unknownNamespace({ namespace }: Review): Violation {
  const message = `the labels of the namespace ${namespace} decide, and it is not in the inventory`;
  return { message, details: ObjectValue.empty };
}

/** What the rule found, as `{msg, details}`; what has no `msg` is nothing. */
function distinct(found: Value | undefined): readonly ObjectValue[] {
  const results = elements(found).flatMap(item => {
    const message = isObject(item) ? item.get('msg') : undefined;
    if (!isObject(item) || message === undefined) return [];
    const details = item.get('details') ?? ObjectValue.empty;
    return [
      ObjectValue.of([
        ['details', details],
        ['msg', message],
      ]),
    ];
  });
  return SetValue.of(results).items().filter(isObject);
}

function elements(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  if (isSet(value)) return value.items();
  if (isObject(value)) return value.values();
  return isArray(value) ? value : [];
}

function toViolation(result: ObjectValue): Violation {
  const message = result.get('msg');
  if (typeof message !== 'string') throw new Halt('eval_type_error', 'the msg of a violation is no text');
  return { message, details: result.get('details')! };
}
