import { ObjectValue } from '../../values/index.ts';
import type { PolicySelection } from '../schemas/request.ts';
import type { JsonBody } from './json-text.ts';
import type { Query } from './query.ts';
import { twice } from './validate.ts';

/** A policy of the library, or one that came with the request. */
export type PolicyChoice = NamedChoice | InlineChoice;

export interface NamedChoice {
  readonly name: string;
  readonly data?: ObjectValue;
}

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
  if (selection === undefined) return namedChoices(query);
  if (query.policy.length > 0) throw twice('policy');
  if (!Array.isArray(selection)) return [toChoice(selection, ['policy'], valueAt)];
  return selection.map((choice, index) => toChoice(choice, ['policy', String(index)], valueAt));
}

/** What the query string names. */
export function namedChoices(query: Query): readonly NamedChoice[] {
  return query.policy.map(name => ({ name }));
}

function toChoice(
  choice: Exclude<PolicySelection, readonly unknown[]>,
  path: readonly string[],
  valueAt: JsonBody['valueAt'],
): PolicyChoice {
  if (typeof choice === 'string') return { name: choice };
  const value = valueAt(...path, 'data');
  const data = value instanceof ObjectValue ? { data: value } : {};
  if (!('modules' in choice)) return { name: choice.name, ...data };
  const { modules, rego } = choice;
  return { modules: Object.entries(modules), ...data, ...(rego !== undefined && { rego }) };
}
