import { isObject, type ObjectValue, type Value } from '../../values/index.ts';
import { itemsAt, objectAt, textAt, textsAt } from './fields.ts';

type Labels = ReadonlyMap<string, string>;

/** Whether labels are selected. */
export type LabelSelector = (labels: Labels) => boolean;

const operators: ReadonlyMap<string, (labels: Labels, key: string, values: readonly string[]) => boolean> =
  new Map([
    ['In', (labels, key, values) => labels.has(key) && values.includes(labels.get(key)!)],
    ['NotIn', (labels, key, values) => !labels.has(key) || !values.includes(labels.get(key)!)],
    ['Exists', (labels, key) => labels.has(key)],
    ['DoesNotExist', (labels, key) => !labels.has(key)],
  ]);

/**
 * The selector that `matchLabels` and `matchExpressions` make together; everything where both are
 * missing. Says in `problems` what is no selector; such a part then selects nothing.
 */
export function labelSelector(value: ObjectValue, problems: string[]): LabelSelector {
  const parts = [
    ...[...(objectAt(value, 'matchLabels')?.entries() ?? [])].map(entry => labelPart(entry, problems)),
    ...itemsAt(value, 'matchExpressions').map(item => expressionPart(item, problems)),
  ];
  return labels => parts.every(part => part(labels));
}

function labelPart([key, label]: readonly [Value, Value], problems: string[]): LabelSelector {
  if (typeof key === 'string' && typeof label === 'string') return labels => labels.get(key) === label;
  problems.push('a label in matchLabels is not a text');
  return () => false;
}

function expressionPart(item: Value, problems: string[]): LabelSelector {
  const key = textAt(item, 'key');
  const name = textAt(item, 'operator');
  const values = textsAt(item, 'values');
  const operator = operators.get(name);
  const wantsValues = name === 'In' || name === 'NotIn';
  if (!isObject(item) || key === '') problems.push('an item of matchExpressions has no key');
  else if (operator === undefined)
    problems.push(`${JSON.stringify(name)} is no operator of a label selector`);
  else if (wantsValues !== values.length > 0)
    problems.push(`the operator ${name} ${wantsValues ? 'needs' : 'takes no'} values`);
  else return labels => operator(labels, key, values);
  return () => false;
}
