import type { Random } from './random.ts';

const tokens = /"(?:[^"\\]|\\.)*"|\d[\d.e]*|\w+|:=|==|!=|<=|>=|\s+|[^\s\w]/gu;

const spares = [
  '_',
  'x0',
  'x1',
  'r0',
  'r1',
  'input',
  'data.base',
  'null',
  '1',
  '"a"',
  ':=',
  '=',
  '==',
  'not',
  'some',
  'with',
  'in',
  'set()',
  '[]',
  '{}',
  '-',
  '+',
  '|',
  '&',
  'else',
  'default',
  'contains',
  'if',
  'every',
  '.',
  'x0, x1',
  'count',
  '(',
  ')',
  'true',
  'r0.a',
  'import',
  'as',
  '\n',
];

/** The text after a few small changes to its tokens, so that some of it makes no sense. */
export function mutated(text: string, random: Random): string {
  const parts = text.match(tokens) ?? [];
  for (let times = 1 + random.below(2); times > 0; times--) mutate(parts, random);
  return parts.join('');
}

function mutate(parts: string[], random: Random): void {
  const at = 4 + random.below(Math.max(1, parts.length - 4));
  const other = 4 + random.below(Math.max(1, parts.length - 4));
  if (/^\s+$/u.test(parts[at] ?? ' ')) return;
  random.pick([
    () => parts.splice(at, 1),
    () => parts.splice(at, 1, random.pick(spares)),
    () => parts.splice(at, 0, ` ${random.pick(spares)} `),
    () => parts.splice(at, 1, parts[other] ?? ''),
    () => parts.splice(at, 1, parts[other] ?? ''),
  ])();
}
