import { ObjectValue } from '../../values/index.ts';
import type { PolicySelection } from '../schemas/request.ts';
import type { JsonBody } from './json-text.ts';
import type { Query } from './query.ts';
import { twice } from './validate.ts';

/** The name of a policy of the library, or a policy that came with the request. */
export type PolicyChoice = string | InlineChoice;

export interface InlineChoice {
  readonly modules: readonly (readonly [path: string, text: string])[];
  readonly data?: ObjectValue;
  readonly rego?: 'v0' | 'v1';
}

/** What a JSON body or else the query string selects; none where neither does. */
export function toChoices(
  selection: PolicySelection | undefined,
  query: Query,
  valueAt: JsonBody['valueAt'],
): readonly PolicyChoice[] {
  if (selection === undefined) return query.policy;
  if (query.policy.length > 0) throw twice('policy');
  if (!Array.isArray(selection)) return [toChoice(selection, ['policy'], valueAt)];
  return selection.map((choice, index) => toChoice(choice, ['policy', String(index)], valueAt));
}

function toChoice(
  choice: Exclude<PolicySelection, readonly unknown[]>,
  path: readonly string[],
  valueAt: JsonBody['valueAt'],
): PolicyChoice {
  if (typeof choice === 'string') return choice;
  const data = valueAt(...path, 'data');
  return {
    modules: Object.entries(choice.modules),
    ...(data instanceof ObjectValue && { data }),
    ...(choice.rego !== undefined && { rego: choice.rego }),
  };
}
