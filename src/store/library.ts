// Made by `npm run library` from policies/; a test holds it against the folder.
import file0 from '../../policies/digests/require-digest/require-digest.policy';
import file1 from '../../policies/lib/durations.rego';
import file2 from '../../policies/lib/parameters.rego';
import file3 from '../../policies/lib/references.rego';
import file4 from '../../policies/lib/registries.rego';
import file5 from '../../policies/lib/repositories.rego';
import file6 from '../../policies/lib/resemblance.rego';
import file7 from '../../policies/provenance/fresh-attestation/fresh-attestation.policy';
import file8 from '../../policies/provenance/slsa-provenance/slsa-provenance.policy';
import file9 from '../../policies/registries/allowed-registries/allowed-registries.policy';
import file10 from '../../policies/registries/denied-registries/denied-registries.policy';
import file11 from '../../policies/registries/deprecated-registries/deprecated-registries.policy';
import file12 from '../../policies/registries/look-alikes/known-names.rego';
import file13 from '../../policies/registries/look-alikes/look-alikes.policy';
import file14 from '../../policies/registries/mirrored-images/mirrored-images.policy';
import file15 from '../../policies/registries/namespace-registries/namespace-registries.policy';
import file16 from '../../policies/registries/pull-secrets/pull-secrets.policy';
import file17 from '../../policies/registries/team-registries/team-registries.policy';
import file18 from '../../policies/sboms/denied-licenses/denied-licenses.policy';
import file19 from '../../policies/sboms/denied-packages/denied-packages.policy';
import file20 from '../../policies/sboms/denied-packages/versions.rego';
import file21 from '../../policies/sboms/require-sbom/require-sbom.policy';
import file22 from '../../policies/scans/denied-vulnerabilities/denied-vulnerabilities.policy';
import file23 from '../../policies/scans/recent-scan/recent-scan.policy';
import file24 from '../../policies/scans/vulnerability-severity/vulnerability-severity.policy';
import file25 from '../../policies/sets/production/policy.yaml';
import file26 from '../../policies/sets/production/production.policy';
import file27 from '../../policies/signatures/own-workflow/own-workflow.policy';
import file28 from '../../policies/signatures/require-signature/require-signature.policy';
import file29 from '../../policies/signatures/signature-quorum/signature-quorum.policy';
import file30 from '../../policies/tags/disallowed-tags/disallowed-tags.policy';
import type { TextFile } from '../bundles/index.ts';

/** The policies that come with Pratique, by paths inside `policies/`. */
export const libraryFiles: readonly TextFile[] = [
  { path: 'digests/require-digest/require-digest.policy', text: file0 },
  { path: 'lib/durations.rego', text: file1 },
  { path: 'lib/parameters.rego', text: file2 },
  { path: 'lib/references.rego', text: file3 },
  { path: 'lib/registries.rego', text: file4 },
  { path: 'lib/repositories.rego', text: file5 },
  { path: 'lib/resemblance.rego', text: file6 },
  { path: 'provenance/fresh-attestation/fresh-attestation.policy', text: file7 },
  { path: 'provenance/slsa-provenance/slsa-provenance.policy', text: file8 },
  { path: 'registries/allowed-registries/allowed-registries.policy', text: file9 },
  { path: 'registries/denied-registries/denied-registries.policy', text: file10 },
  { path: 'registries/deprecated-registries/deprecated-registries.policy', text: file11 },
  { path: 'registries/look-alikes/known-names.rego', text: file12 },
  { path: 'registries/look-alikes/look-alikes.policy', text: file13 },
  { path: 'registries/mirrored-images/mirrored-images.policy', text: file14 },
  { path: 'registries/namespace-registries/namespace-registries.policy', text: file15 },
  { path: 'registries/pull-secrets/pull-secrets.policy', text: file16 },
  { path: 'registries/team-registries/team-registries.policy', text: file17 },
  { path: 'sboms/denied-licenses/denied-licenses.policy', text: file18 },
  { path: 'sboms/denied-packages/denied-packages.policy', text: file19 },
  { path: 'sboms/denied-packages/versions.rego', text: file20 },
  { path: 'sboms/require-sbom/require-sbom.policy', text: file21 },
  { path: 'scans/denied-vulnerabilities/denied-vulnerabilities.policy', text: file22 },
  { path: 'scans/recent-scan/recent-scan.policy', text: file23 },
  { path: 'scans/vulnerability-severity/vulnerability-severity.policy', text: file24 },
  { path: 'sets/production/policy.yaml', text: file25 },
  { path: 'sets/production/production.policy', text: file26 },
  { path: 'signatures/own-workflow/own-workflow.policy', text: file27 },
  { path: 'signatures/require-signature/require-signature.policy', text: file28 },
  { path: 'signatures/signature-quorum/signature-quorum.policy', text: file29 },
  { path: 'tags/disallowed-tags/disallowed-tags.policy', text: file30 },
];
