import { isObject, type ObjectValue, stringify, type Value } from '../../../values/index.ts';
import { root } from './moved-module.ts';

/**
 * The data of a policy as rules, which is how a template can carry it; undefined where there is none. What stands
 * beside packages is taken apart, so that it hides none of them.
 */
export function dataModule(data: ObjectValue, packages: readonly (readonly string[])[]): string | undefined {
  const rules = rulesOf(data, []);
  const [name] = root.slice(-1);
  const lines = rules.map(
    ({ path, value }) => `${name}${path.map(bracketed).join('')} := ${stringify(value)}\n`,
  );
  if (lines.length === 0) return undefined;
  return `package ${root.slice(0, -1).join('.')}\n\n${lines.join('\n')}`;

  function rulesOf(
    value: Value,
    path: readonly Value[],
  ): readonly { path: readonly Value[]; value: Value }[] {
    if (!isObject(value) || !packages.some(other => path.every((part, i) => other[i] === part)))
      return [{ path, value }];
    return [...value.entries()].flatMap(([key, inner]) => rulesOf(inner, [...path, key]));
  }
}

function bracketed(key: Value): string {
  return `[${stringify(key)}]`;
}
