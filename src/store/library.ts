// Made by `npm run library` from policies/; a test holds it against the folder.
import file0 from '../../policies/base/allowed-base/allowed-base.policy';
import file1 from '../../policies/base/recent-base/recent-base.policy';
import file2 from '../../policies/build/build-secrets/build-secrets.policy';
import file3 from '../../policies/build/multi-stage/multi-stage.policy';
import file4 from '../../policies/build/non-root-user/non-root-user.policy';
import file5 from '../../policies/build/pinned-base/pinned-base.policy';
import file6 from '../../policies/build/remote-add/remote-add.policy';
import file7 from '../../policies/credentials/plain-credentials/plain-credentials.policy';
import file8 from '../../policies/credentials/registry-credentials/registry-credentials.policy';
import file9 from '../../policies/credentials/service-account-pull-secrets/service-account-pull-secrets.policy';
import file10 from '../../policies/credentials/stored-secrets/stored-secrets.policy';
import file11 from '../../policies/digests/require-digest/require-digest.policy';
import file12 from '../../policies/digests/tag-matches-digest/tag-matches-digest.policy';
import file13 from '../../policies/lib/credentials.rego';
import file14 from '../../policies/lib/dockerfile.rego';
import file15 from '../../policies/lib/durations.rego';
import file16 from '../../policies/lib/gatekeeper.rego';
import file17 from '../../policies/lib/parameters.rego';
import file18 from '../../policies/lib/references.rego';
import file19 from '../../policies/lib/registries.rego';
import file20 from '../../policies/lib/repositories.rego';
import file21 from '../../policies/lib/resemblance.rego';
import file22 from '../../policies/lib/scans.rego';
import file23 from '../../policies/lib/tags.rego';
import file24 from '../../policies/lib/workloads.rego';
import file25 from '../../policies/provenance/fresh-attestation/fresh-attestation.policy';
import file26 from '../../policies/provenance/slsa-provenance/slsa-provenance.policy';
import file27 from '../../policies/registries/allowed-registries/allowed-registries.policy';
import file28 from '../../policies/registries/denied-registries/denied-registries.policy';
import file29 from '../../policies/registries/deprecated-registries/deprecated-registries.policy';
import file30 from '../../policies/registries/look-alikes/known-names.rego';
import file31 from '../../policies/registries/look-alikes/look-alikes.policy';
import file32 from '../../policies/registries/mirrored-images/mirrored-images.policy';
import file33 from '../../policies/registries/namespace-registries/namespace-registries.policy';
import file34 from '../../policies/registries/pull-secrets/pull-secrets.policy';
import file35 from '../../policies/registries/team-registries/team-registries.policy';
import file36 from '../../policies/sboms/denied-licenses/denied-licenses.policy';
import file37 from '../../policies/sboms/denied-packages/denied-packages.policy';
import file38 from '../../policies/sboms/denied-packages/versions.rego';
import file39 from '../../policies/sboms/require-sbom/require-sbom.policy';
import file40 from '../../policies/scans/denied-vulnerabilities/denied-vulnerabilities.policy';
import file41 from '../../policies/scans/recent-scan/recent-scan.policy';
import file42 from '../../policies/scans/vulnerability-severity/vulnerability-severity.policy';
import file43 from '../../policies/sets/baseline/policy.yaml';
import file44 from '../../policies/sets/gatekeeper-compat/gatekeeper-compat.policy';
import file45 from '../../policies/sets/production-checklist/policy.yaml';
import file46 from '../../policies/sets/production-checklist/production-checklist.policy';
import file47 from '../../policies/sets/production/policy.yaml';
import file48 from '../../policies/sets/production/production.policy';
import file49 from '../../policies/sets/supply-chain/policy.yaml';
import file50 from '../../policies/signatures/own-workflow/own-workflow.policy';
import file51 from '../../policies/signatures/require-signature/require-signature.policy';
import file52 from '../../policies/signatures/signature-quorum/signature-quorum.policy';
import file53 from '../../policies/tags/disallowed-tags/disallowed-tags.policy';
import file54 from '../../policies/tags/explicit-tag/explicit-tag.policy';
import file55 from '../../policies/tags/immutable-tags/immutable-tags.policy';
import file56 from '../../policies/tags/pull-policy/pull-policy.policy';
import file57 from '../../policies/tags/version-tags/version-tags.policy';
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
  { path: 'credentials/plain-credentials/plain-credentials.policy', text: file7 },
  { path: 'credentials/registry-credentials/registry-credentials.policy', text: file8 },
  { path: 'credentials/service-account-pull-secrets/service-account-pull-secrets.policy', text: file9 },
  { path: 'credentials/stored-secrets/stored-secrets.policy', text: file10 },
  { path: 'digests/require-digest/require-digest.policy', text: file11 },
  { path: 'digests/tag-matches-digest/tag-matches-digest.policy', text: file12 },
  { path: 'lib/credentials.rego', text: file13 },
  { path: 'lib/dockerfile.rego', text: file14 },
  { path: 'lib/durations.rego', text: file15 },
  { path: 'lib/gatekeeper.rego', text: file16 },
  { path: 'lib/parameters.rego', text: file17 },
  { path: 'lib/references.rego', text: file18 },
  { path: 'lib/registries.rego', text: file19 },
  { path: 'lib/repositories.rego', text: file20 },
  { path: 'lib/resemblance.rego', text: file21 },
  { path: 'lib/scans.rego', text: file22 },
  { path: 'lib/tags.rego', text: file23 },
  { path: 'lib/workloads.rego', text: file24 },
  { path: 'provenance/fresh-attestation/fresh-attestation.policy', text: file25 },
  { path: 'provenance/slsa-provenance/slsa-provenance.policy', text: file26 },
  { path: 'registries/allowed-registries/allowed-registries.policy', text: file27 },
  { path: 'registries/denied-registries/denied-registries.policy', text: file28 },
  { path: 'registries/deprecated-registries/deprecated-registries.policy', text: file29 },
  { path: 'registries/look-alikes/known-names.rego', text: file30 },
  { path: 'registries/look-alikes/look-alikes.policy', text: file31 },
  { path: 'registries/mirrored-images/mirrored-images.policy', text: file32 },
  { path: 'registries/namespace-registries/namespace-registries.policy', text: file33 },
  { path: 'registries/pull-secrets/pull-secrets.policy', text: file34 },
  { path: 'registries/team-registries/team-registries.policy', text: file35 },
  { path: 'sboms/denied-licenses/denied-licenses.policy', text: file36 },
  { path: 'sboms/denied-packages/denied-packages.policy', text: file37 },
  { path: 'sboms/denied-packages/versions.rego', text: file38 },
  { path: 'sboms/require-sbom/require-sbom.policy', text: file39 },
  { path: 'scans/denied-vulnerabilities/denied-vulnerabilities.policy', text: file40 },
  { path: 'scans/recent-scan/recent-scan.policy', text: file41 },
  { path: 'scans/vulnerability-severity/vulnerability-severity.policy', text: file42 },
  { path: 'sets/baseline/policy.yaml', text: file43 },
  { path: 'sets/gatekeeper-compat/gatekeeper-compat.policy', text: file44 },
  { path: 'sets/production-checklist/policy.yaml', text: file45 },
  { path: 'sets/production-checklist/production-checklist.policy', text: file46 },
  { path: 'sets/production/policy.yaml', text: file47 },
  { path: 'sets/production/production.policy', text: file48 },
  { path: 'sets/supply-chain/policy.yaml', text: file49 },
  { path: 'signatures/own-workflow/own-workflow.policy', text: file50 },
  { path: 'signatures/require-signature/require-signature.policy', text: file51 },
  { path: 'signatures/signature-quorum/signature-quorum.policy', text: file52 },
  { path: 'tags/disallowed-tags/disallowed-tags.policy', text: file53 },
  { path: 'tags/explicit-tag/explicit-tag.policy', text: file54 },
  { path: 'tags/immutable-tags/immutable-tags.policy', text: file55 },
  { path: 'tags/pull-policy/pull-policy.policy', text: file56 },
  { path: 'tags/version-tags/version-tags.policy', text: file57 },
];
