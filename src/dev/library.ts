import { writeFileSync } from 'node:fs';
import { indexPath, libraryPaths, renderIndex } from './library-index.ts';
import { pagePath, readLibrary, renderPage } from './library-page.ts';

/** `npm run library`: after a policy was added to `policies/`, moved, removed or described in another way. */
const paths = libraryPaths();
const entries = readLibrary();
writeFileSync(indexPath, renderIndex(paths));
writeFileSync(pagePath, renderPage(entries));
console.log(`${indexPath}: ${paths.length} files\n${pagePath}: ${entries.length} policies`);
