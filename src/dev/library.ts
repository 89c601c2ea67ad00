import { writeFileSync } from 'node:fs';
import { indexPath, libraryPaths, renderIndex } from './library-index.ts';

/** `npm run library`: after a policy was added to `policies/`, moved or removed. */
const paths = libraryPaths();
writeFileSync(indexPath, renderIndex(paths));
console.log(`${indexPath}: ${paths.length} files`);
