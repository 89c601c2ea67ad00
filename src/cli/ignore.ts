/**
 * Whether a path is to be passed over: one of its parts matches one of the patterns, in which `*` stands for any
 * characters and `?` for one. So a pattern can name a file or a whole directory, as `--ignore` of OPA does.
 */
export function ignoring(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const tests = patterns.map(toTest);
  return path => path.split('/').some(part => tests.some(test => test.test(part)));
}

/** Runs of `*` become one, and no part is long: what is left to try stays small. */
function toTest(pattern: string): RegExp {
  const source = pattern
    .replace(/\*+/gu, '*')
    .replace(/[\\^$.+()[\]{}|/]/gu, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}
