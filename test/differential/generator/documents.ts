import type { Random } from './random.ts';
import { numbers } from './samples.ts';

/** Beside the rules of every program; JSON text. */
export const data = `{
  "base": {
    "n": 3,
    "big": 12345678901234567890123,
    "list": [1, 2.5, "a", null, [1, [2]], {"a": 1}],
    "users": {"ann": {"id": 1, "roles": ["admin", "dev"]}, "bob": {"id": 2, "roles": []}, "__proto__": {"id": 3, "roles": ["dev"]}},
    "groups": {"dev": ["ann", "bob"], "ops": []},
    "empty": {},
    "no": false
  },
  "t": {"beside": {"a": 1, "list": [3, 4]}}
}`;

const keys = ['a', 'b', 'id', 'name', 'xs', '__proto__', 'constructor', ''];
const texts = ['', 'a', 'b', 'é', '😀', 'foo', '\\u0000', 'x/y', '1'];

/** Any JSON text. */
export function json(random: Random, depth: number): string {
  const value = () => json(random, depth - 1);
  return random.weighted<() => string>([
    [4, () => random.pick(numbers)],
    [4, () => `"${random.pick(texts)}"`],
    [1, () => random.pick(['true', 'false', 'null'])],
    [depth > 0 ? 4 : 0, () => `[${random.times(0, 4, value).join(',')}]`],
    [depth > 0 ? 4 : 0, () => object(random.times(0, 4, () => [random.pick(keys), value()]))],
  ])();
}

function object(entries: readonly (readonly [string, string])[]): string {
  return `{${[...new Map(entries)].map(([key, value]) => `"${key}":${value}`).join(',')}}`;
}

/** An input: mostly of the shape that programs look into, now and then any JSON, or none. */
export function input(random: Random): string | undefined {
  if (random.chance(4)) return undefined;
  // Not null, which OPA's server takes for no input.
  if (random.chance(6)) return json(random, 3).replace(/^null$/u, '0');
  const list = () => `[${random.times(0, 4, () => json(random, 1)).join(',')}]`;
  const user = () =>
    object([
      ['id', random.pick(numbers)],
      ['name', `"${random.pick(texts)}"`],
      ['roles', list()],
    ]);
  const fields: [string, string][] = [
    ['a', json(random, 2)],
    ['n', random.pick(numbers)],
    ['s', `"${random.pick(texts)}"`],
    ['b', random.pick(['true', 'false'])],
    ['xs', list()],
    ['o', object(random.times(0, 3, () => [random.pick(keys), json(random, 1)]))],
    ['users', `[${random.times(0, 3, user).join(',')}]`],
  ];
  return object(fields.filter(() => random.chance(92)));
}
