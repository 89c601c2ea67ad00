import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indexPath, libraryPaths, renderIndex } from '../../src/dev/library-index.ts';
import { policyMetadata } from '../../src/dev/library-metadata.ts';
import { type PageEntry, pagePath, readLibrary, renderPage } from '../../src/dev/library-page.ts';

it('the Worker imports every policy of the library, and nothing else: npm run library', () => {
  expect(readFileSync(indexPath, 'utf8')).toBe(renderIndex(libraryPaths()));
});

describe('the page of the library', () => {
  it('says what METADATA says: npm run library', () => {
    expect(readFileSync(pagePath, 'utf8')).toBe(renderPage(readLibrary()));
  });

  it('gives one title to each item of published guidance', () => {
    const titles = Map.groupBy(
      readLibrary().flatMap(({ controls }) => Object.entries(controls)),
      ([item]) => item,
    );
    for (const [item, uses] of titles)
      expect([item, new Set(uses.map(([, title]) => title)).size]).toEqual([item, 1]);
  });

  it('knows every category', () => {
    const [entry] = readLibrary();
    expect(() => renderPage([{ ...entry!, folder: 'others/a' }])).toThrow('policies/others/a: no category');
  });

  it('leaves out what a policy does not have', () => {
    const entry: PageEntry = {
      folder: 'tags/a',
      title: 'A',
      description: 'It is so.',
      category: 'tags',
      severity: 'low',
      parameters: {},
      controls: {},
      policies: [],
    };
    expect(renderPage([entry])).toContain(
      '### [a](../policies/tags/a/README.md)\n\nIt is so. Severity low.\n\n## ',
    );
  });
});

describe('the metadata of a policy', () => {
  it('is what stands above its package', () => {
    const text = [
      '# METADATA',
      '# title: A',
      '# description: It is so.',
      '# custom:',
      '#   category: tags',
      '#   severity: low',
      '#   allow_list: allowed',
      '#   parameters:',
      '#     allowed: patterns',
      'package a',
    ].join('\n');
    expect(policyMetadata(text)).toEqual({
      title: 'A',
      description: 'It is so.',
      category: 'tags',
      severity: 'low',
      allow_list: 'allowed',
      parameters: { allowed: 'patterns' },
      controls: {},
    });
  });

  it('is none where nothing stands there, or the text is no policy', () => {
    expect(policyMetadata('package a')).toBeUndefined();
    expect(policyMetadata('package')).toBeUndefined();
  });
});
