import { toRego, type Value } from '../values/index.ts';

/** How a template string shows a value: strings bare, all else as Rego text. */
export function templateText(value: Value | undefined): string {
  if (value === undefined) return '<undefined>';
  return typeof value === 'string' ? value : toRego(value);
}
