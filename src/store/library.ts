// Made by `npm run library` from policies/; a test holds it against the folder.
import file0 from '../../policies/digests/require-digest/require-digest.policy';
import file1 from '../../policies/registries/allowed-registries/allowed-registries.policy';
import file2 from '../../policies/sets/production/policy.yaml';
import file3 from '../../policies/sets/production/production.policy';
import file4 from '../../policies/signatures/require-signature/require-signature.policy';
import file5 from '../../policies/tags/disallowed-tags/disallowed-tags.policy';
import type { TextFile } from '../bundles/index.ts';

/** The policies that come with Pratique, by paths inside `policies/`. */
export const libraryFiles: readonly TextFile[] = [
  { path: 'digests/require-digest/require-digest.policy', text: file0 },
  { path: 'registries/allowed-registries/allowed-registries.policy', text: file1 },
  { path: 'sets/production/policy.yaml', text: file2 },
  { path: 'sets/production/production.policy', text: file3 },
  { path: 'signatures/require-signature/require-signature.policy', text: file4 },
  { path: 'tags/disallowed-tags/disallowed-tags.policy', text: file5 },
];
