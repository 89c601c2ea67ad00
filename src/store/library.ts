// Made by `npm run library` from policies/; a test holds it against the folder.
import file0 from '../../policies/base/allowed-base/allowed-base.policy';
import file1 from '../../policies/base/recent-base/recent-base.policy';
import file2 from '../../policies/build/build-secrets/build-secrets.policy';
import file3 from '../../policies/build/multi-stage/multi-stage.policy';
import file4 from '../../policies/build/non-root-user/non-root-user.policy';
import file5 from '../../policies/build/pinned-base/pinned-base.policy';
import file6 from '../../policies/build/remote-add/remote-add.policy';
import file7 from '../../policies/digests/require-digest/require-digest.policy';
import file8 from '../../policies/digests/tag-matches-digest/tag-matches-digest.policy';
import file9 from '../../policies/lib/credentials.rego';
import file10 from '../../policies/lib/dockerfile.rego';
import file11 from '../../policies/lib/durations.rego';
import file12 from '../../policies/lib/gatekeeper.rego';
import file13 from '../../policies/lib/parameters.rego';
import file14 from '../../policies/lib/references.rego';
import file15 from '../../policies/lib/registries.rego';
import file16 from '../../policies/lib/repositories.rego';
import file17 from '../../policies/lib/resemblance.rego';
import file18 from '../../policies/lib/tags.rego';
import file19 from '../../policies/provenance/fresh-attestation/fresh-attestation.policy';
import file20 from '../../policies/provenance/slsa-provenance/slsa-provenance.policy';
import file21 from '../../policies/registries/allowed-registries/allowed-registries.policy';
import file22 from '../../policies/registries/denied-registries/denied-registries.policy';
import file23 from '../../policies/registries/deprecated-registries/deprecated-registries.policy';
import file24 from '../../policies/registries/look-alikes/known-names.rego';
import file25 from '../../policies/registries/look-alikes/look-alikes.policy';
import file26 from '../../policies/registries/mirrored-images/mirrored-images.policy';
import file27 from '../../policies/registries/namespace-registries/namespace-registries.policy';
import file28 from '../../policies/registries/pull-secrets/pull-secrets.policy';
import file29 from '../../policies/registries/team-registries/team-registries.policy';
import file30 from '../../policies/sboms/denied-licenses/denied-licenses.policy';
import file31 from '../../policies/sboms/denied-packages/denied-packages.policy';
import file32 from '../../policies/sboms/denied-packages/versions.rego';
import file33 from '../../policies/sboms/require-sbom/require-sbom.policy';
import file34 from '../../policies/scans/denied-vulnerabilities/denied-vulnerabilities.policy';
import file35 from '../../policies/scans/recent-scan/recent-scan.policy';
import file36 from '../../policies/scans/vulnerability-severity/vulnerability-severity.policy';
import file37 from '../../policies/sets/gatekeeper-compat/gatekeeper-compat.policy';
import file38 from '../../policies/sets/production/policy.yaml';
import file39 from '../../policies/sets/production/production.policy';
import file40 from '../../policies/signatures/own-workflow/own-workflow.policy';
import file41 from '../../policies/signatures/require-signature/require-signature.policy';
import file42 from '../../policies/signatures/signature-quorum/signature-quorum.policy';
import file43 from '../../policies/tags/disallowed-tags/disallowed-tags.policy';
import file44 from '../../policies/tags/explicit-tag/explicit-tag.policy';
import file45 from '../../policies/tags/immutable-tags/immutable-tags.policy';
import file46 from '../../policies/tags/pull-policy/pull-policy.policy';
import file47 from '../../policies/tags/version-tags/version-tags.policy';
import type { TextFile } from '../bundles/index.ts';

/** The policies that come with Pratique, by paths inside `policies/`. */
export const libraryFiles: readonly TextFile[] = [
  { path: 'base/allowed-base/allowed-base.policy', text: file0 },
  { path: 'base/recent-base/recent-base.policy', text: file1 },
  { path: 'build/build-secrets/build-secrets.policy', text: file2 },
  { path: 'build/multi-stage/multi-stage.policy', text: file3 },
  { path: 'build/non-root-user/non-root-user.policy', text: file4 },
  { path: 'build/pinned-base/pinned-base.policy', text: file5 },
  { path: 'build/remote-add/remote-add.policy', text: file6 },
  { path: 'digests/require-digest/require-digest.policy', text: file7 },
  { path: 'digests/tag-matches-digest/tag-matches-digest.policy', text: file8 },
  { path: 'lib/credentials.rego', text: file9 },
  { path: 'lib/dockerfile.rego', text: file10 },
  { path: 'lib/durations.rego', text: file11 },
  { path: 'lib/gatekeeper.rego', text: file12 },
  { path: 'lib/parameters.rego', text: file13 },
  { path: 'lib/references.rego', text: file14 },
  { path: 'lib/registries.rego', text: file15 },
  { path: 'lib/repositories.rego', text: file16 },
  { path: 'lib/resemblance.rego', text: file17 },
  { path: 'lib/tags.rego', text: file18 },
  { path: 'provenance/fresh-attestation/fresh-attestation.policy', text: file19 },
  { path: 'provenance/slsa-provenance/slsa-provenance.policy', text: file20 },
  { path: 'registries/allowed-registries/allowed-registries.policy', text: file21 },
  { path: 'registries/denied-registries/denied-registries.policy', text: file22 },
  { path: 'registries/deprecated-registries/deprecated-registries.policy', text: file23 },
  { path: 'registries/look-alikes/known-names.rego', text: file24 },
  { path: 'registries/look-alikes/look-alikes.policy', text: file25 },
  { path: 'registries/mirrored-images/mirrored-images.policy', text: file26 },
  { path: 'registries/namespace-registries/namespace-registries.policy', text: file27 },
  { path: 'registries/pull-secrets/pull-secrets.policy', text: file28 },
  { path: 'registries/team-registries/team-registries.policy', text: file29 },
  { path: 'sboms/denied-licenses/denied-licenses.policy', text: file30 },
  { path: 'sboms/denied-packages/denied-packages.policy', text: file31 },
  { path: 'sboms/denied-packages/versions.rego', text: file32 },
  { path: 'sboms/require-sbom/require-sbom.policy', text: file33 },
  { path: 'scans/denied-vulnerabilities/denied-vulnerabilities.policy', text: file34 },
  { path: 'scans/recent-scan/recent-scan.policy', text: file35 },
  { path: 'scans/vulnerability-severity/vulnerability-severity.policy', text: file36 },
  { path: 'sets/gatekeeper-compat/gatekeeper-compat.policy', text: file37 },
  { path: 'sets/production/policy.yaml', text: file38 },
  { path: 'sets/production/production.policy', text: file39 },
  { path: 'signatures/own-workflow/own-workflow.policy', text: file40 },
  { path: 'signatures/require-signature/require-signature.policy', text: file41 },
  { path: 'signatures/signature-quorum/signature-quorum.policy', text: file42 },
  { path: 'tags/disallowed-tags/disallowed-tags.policy', text: file43 },
  { path: 'tags/explicit-tag/explicit-tag.policy', text: file44 },
  { path: 'tags/immutable-tags/immutable-tags.policy', text: file45 },
  { path: 'tags/pull-policy/pull-policy.policy', text: file46 },
  { path: 'tags/version-tags/version-tags.policy', text: file47 },
];
