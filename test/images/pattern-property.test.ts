import { describe, expect, it } from 'vitest';
import { compilePatterns } from '../../src/images/index.ts';

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The meaning of a glob, said as plainly as can be; exponential. */
function means(glob: string, text: string, start = true): boolean {
  if (glob === '') return text === '';
  const tails = Array.from({ length: text.length + 1 }, (_, i) => [text.slice(0, i), text.slice(i)] as const);
  if (start && glob.startsWith('**/')) {
    const ends = tails.filter(([head]) => head === '' || head.endsWith('/'));
    return ends.some(([, tail]) => means(glob.slice(3), tail, true));
  }
  if (glob.startsWith('**')) return tails.some(([, tail]) => means(glob.slice(2), tail, false));
  if (glob.startsWith('*'))
    return tails.some(([head, tail]) => !head.includes('/') && means(glob.slice(1), tail, false));
  const [first] = glob;
  const same = first === '?' ? text !== '' && !text.startsWith('/') : text.startsWith(first!);
  return same && means(glob.slice(1), text.slice(1), first === '/');
}

const random = numbers(20_261_120);
const pick = <T>(from: readonly T[]) => from[random(from.length)]!;
const several = (most: number, make: () => string, join: string) =>
  Array.from({ length: 1 + random(most) }, make).join(join);

const component = () => several(3, () => pick(['a', 'b']), '');
const path = () => several(4, component, '/');
const globComponent = () =>
  random(4) === 0
    ? '**'
    : several(4, () => pick(['a', 'b', '*', '?', '**', 'a']), '').replace(/\*{3,}/g, '**');
const globPath = () => several(4, globComponent, '/');

describe('patterns mean what the plain definition says', () => {
  it('one by one', () => {
    let matched = 0;
    for (let i = 0; i < 20_000; i++) {
      const glob = globPath();
      const repository = path();
      const { matcher, problems } = compilePatterns([`r.io/${glob}`]);
      expect(problems).toEqual([]);
      const found = matcher.match({ registry: 'r.io', repository }) !== undefined;
      if (found !== means(glob, repository)) expect.fail(`${glob} and ${repository}: ${found}`);
      if (found) matched++;
    }
    expect(matched).toBeGreaterThan(1_000);
  });

  it('from the registry on', () => {
    for (let i = 0; i < 5_000; i++) {
      const glob = `**/${globPath()}`;
      const repository = path();
      const found = compilePatterns([glob]).matcher.match({ registry: 'a.b', repository }) !== undefined;
      if (found !== means(glob, `a.b/${repository}`)) expect.fail(`${glob} and a.b/${repository}: ${found}`);
    }
  });

  it('in lists, the first that matches', () => {
    for (let i = 0; i < 500; i++) {
      const patterns = Array.from({ length: 20 }, () => `r.io/${random(2) ? globPath() : path()}`);
      const { matcher } = compilePatterns(patterns);
      for (let j = 0; j < 10; j++) {
        const repository = path();
        const first = patterns.find(pattern => means(pattern, `r.io/${repository}`, false));
        expect(matcher.match({ registry: 'r.io', repository })).toBe(first);
      }
    }
  });
});
