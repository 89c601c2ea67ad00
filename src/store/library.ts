// Made by `npm run library` from policies/; a test holds it against the folder.
import type { TextFile } from '../bundles/index.ts';

/** The policies that come with Pratique, by paths inside `policies/`. */
export const libraryFiles: readonly TextFile[] = [
];
