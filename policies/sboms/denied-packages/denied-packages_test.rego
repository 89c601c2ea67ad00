package pratique.sboms.denied_packages_test

import data.pratique.sboms.denied_packages
import data.pratique.sboms.versions

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1"}

bill(packages) := {"status": "found", "document": {"packages": packages}}

log4j(version) := {"name": "log4j-core", "version": version, "purl": sprintf("pkg:maven/org.apache.logging.log4j/log4j-core@%s?type=jar", [version])}

harmless(_) := bill([{"name": "musl", "version": "1.2.5"}, log4j("2.25.2")])

harmful(_) := bill([{"name": "musl", "version": "1.2.5"}, log4j("2.14.1")])

unreadable(_) := {"status": "found", "document": {}}

absent(_) := {"status": "absent", "reason": "there is none"}

test_what_is_harmless_is_allowed if {
	count(denied_packages.require_sbom) == 0 with input.images as [api] with sbom.document as harmless
}

test_what_is_denied_is_named if {
	some violation in denied_packages.require_sbom with input.images as [api] with sbom.document as harmful
	violation.because == "it holds log4j-core 2.14.1"
}

test_an_image_without_an_sbom_is_denied if {
	count(denied_packages.require_sbom) == 1 with input.images as [api] with sbom.document as absent
	count(denied_packages.require_sbom) == 1 with input.images as [api] with sbom.document as unreadable
}

test_a_package_is_known_by_name_or_purl if {
	given := [{"name": "Left-Pad", "type": "npm"}, {"purl": "pkg:npm/%40acme/internal"}]
	every component in [
		{"name": "left-pad", "type": "npm", "version": "1.0.0"},
		{"name": "left-pad"},
		{"name": "x", "purl": "pkg:npm/@acme/internal@1.0.0"},
		{"name": "x", "purl": "pkg:npm/%40Acme/internal@1.0.0#sub"},
		{"name": "x", "purl": "pkg:npm/%40acme%2Finternal@1.0.0"},
		{"name": "x", "purl": "pkg://npm//@acme/internal"},
		{"name": "@acme/internal", "version": "1.0.0"},
		{"name": "internal", "purl": null},
	] {
		denied_packages.is_denied(component) with data.parameters.denied_packages as given
	}
	every component in [
		{"name": "left-pad", "type": "deb"},
		{"name": "left-pad-2", "type": "npm"},
		{"name": "x", "purl": "pkg:npm/@acme/internals@1.0.0"},
		{"name": "internal", "purl": "pkg:npm/internal@1.0.0"},
		{"name": "internal", "type": "deb"},
		{"name": "x", "purl": "pkg:npm/@acme/internal/x@1.0.0"},
		{},
	] {
		not denied_packages.is_denied(component) with data.parameters.denied_packages as given
	}
}

test_ranges_of_versions if {
	every version in ["2.0", "2.14.1", "v2.17.0", "2.17.1-rc1", "2.17.1~beta2", "1:2.14.1-3ubuntu1", "2.17", "", "unknown"] {
		versions.may_lie_in(">=2.0 <2.17.1", version)
	}
	every version in ["1.2.17", "2.17.1", "2.17.1-r0", "2.17.1+deb13u1", "2.25.2", "10.0"] {
		not versions.may_lie_in(">=2.0 <2.17.1", version)
	}
	versions.may_lie_in(">1.0 <= 1.1", "1.1.0")
	not versions.may_lie_in(">1.0 <= 1.1", "1.0")
	versions.may_lie_in("= 3.3.6", "3.3.6")
	not versions.may_lie_in("=3.3.6", "3.3.7")
	versions.may_lie_in("", "9.9.9")
}

test_a_list_that_is_none_denies if {
	every value in [
		null, false, "", "log4j-core", [], {}, [1], ["log4j-core"], [{}],
		[{"type": "npm"}],
		[{"name": 1}],
		[{"name": "x", "version": "1.0"}],
		[{"name": "x", "versions": "all"}],
		[{"name": "x", "versions": "<1.x"}],
		[{"name": "x", "versions": ""}],
	] {
		count(denied_packages.deny) == 1 with data.parameters.denied_packages as value
	}
}

test_a_list_denies_nothing_by_itself if {
	count(denied_packages.deny) == 0
	count(denied_packages.deny) == 0 with data.parameters.denied_packages as [{"name": "x", "versions": "<1.2 >=1"}]
}
