import { readdirSync } from 'node:fs';
import { isPolicyPart } from '../bundles/index.ts';

/** Where the index stands, from the project's root. */
export const indexPath = 'src/store/library.ts';

/** The paths, inside `policies/`, of all files that are part of a policy. */
export function libraryPaths(): readonly string[] {
  return readdirSync('policies', { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => isPolicyPart(path.slice(path.lastIndexOf('/') + 1)))
    .sort();
}

/** The module by which the policies reach the Worker, which has no files: an import for each. */
export function renderIndex(paths: readonly string[]): string {
  const json = paths.find(path => path.endsWith('.json'));
  if (json !== undefined) throw new Error(`policies/${json}: data of the library is written in YAML`);
  return [
    '// Made by `npm run library` from policies/; a test holds it against the folder.',
    ...paths.map((path, index) => `import file${index} from '../../policies/${path}';`),
    "import type { TextFile } from '../bundles/index.ts';",
    '',
    '/** The policies that come with Pratique, by paths inside `policies/`. */',
    'export const libraryFiles: readonly TextFile[] = [',
    ...paths.map((path, index) => `  { path: '${path}', text: file${index} },`),
    '];',
    '',
  ].join('\n');
}
