import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { indexPath, libraryPaths, renderIndex } from '../../src/dev/library-index.ts';

it('the Worker imports every policy of the library, and nothing else: npm run library', () => {
  expect(readFileSync(indexPath, 'utf8')).toBe(renderIndex(libraryPaths()));
});
