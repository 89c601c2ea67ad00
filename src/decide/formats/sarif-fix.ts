import type { Fix, Location } from '../verdict.ts';

/**
 * The `fixes` of a SARIF result: what the patch puts in place of the reference, where the location says in which line and
 * column that stands. Nothing where it does not, for a fix in SARIF is a change of a text.
 */
export function sarifFixes(
  { description, patch = [] }: Fix,
  ref: string,
  { file, line, column, pointer }: Location,
  toUri: (path: string) => string,
) {
  const change = patch.find(({ op, path }) => op === 'replace' && path === pointer);
  if (file === undefined || line === undefined || column === undefined) return {};
  if (typeof change?.value !== 'string') return {};
  const deletedRegion = { startLine: line, startColumn: column, endColumn: column + [...ref].length };
  const replacements = [{ deletedRegion, insertedContent: { text: change.value } }];
  return {
    fixes: [
      {
        description: { text: description },
        artifactChanges: [{ artifactLocation: { uri: toUri(file) }, replacements }],
      },
    ],
  };
}
