package pratique.sboms.require_sbom_test

import data.pratique.sboms.require_sbom

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1"}

bill(packages) := {"status": "found", "document": {"packages": packages}}

complete(_) := bill([{"name": "musl", "version": "1.2.5"}, {"name": "openssl", "version": "3.5.4"}])

half(_) := bill([{"name": "musl", "version": "1.2.5"}, {"name": "openssl"}])

empty(_) := bill([])

absent(_) := {"status": "absent", "reason": "there is none"}

test_packages_with_versions_are_enough if {
	count(require_sbom.require_sbom) == 0 with input.images as [api] with sbom.document as complete
}

test_without_versions_or_packages_it_is_denied if {
	count(require_sbom.require_sbom) == 1 with input.images as [api] with sbom.document as half
	count(require_sbom.require_sbom) == 1 with input.images as [api] with sbom.document as empty
	count(require_sbom.require_sbom) == 1 with input.images as [api] with sbom.document as absent
}

test_the_percentage_is_a_parameter if {
	count(require_sbom.require_sbom) == 0 with input.images as [api]
		with sbom.document as half
		with data.parameters.sbom_completeness as 50
}

test_a_percentage_that_is_none_denies if {
	every value in [null, false, "90", -1, 101, [], {}] {
		count(require_sbom.deny) == 1 with data.parameters.sbom_completeness as value
	}
}

test_a_percentage_denies_nothing_by_itself if {
	count(require_sbom.deny) == 0
	count(require_sbom.deny) == 0 with data.parameters.sbom_completeness as 100
}

test_words_for_nothing_are_no_version if {
	every component in [
		{"name": "musl", "version": "UNKNOWN"},
		{"name": "musl", "version": "NOASSERTION"},
		{"name": "musl", "version": " "},
		{"name": "musl", "version": null},
		{"name": "", "version": "1"},
		{"version": "1"},
	] {
		require_sbom.versioned({"packages": [component]}) == []
	}
}
