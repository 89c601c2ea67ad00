package pratique.sboms.denied_licenses_test

import data.pratique.sboms.denied_licenses

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1"}

bill(licenses) := {"status": "found", "document": {"packages": [
	{"name": "musl", "licenses": ["MIT"]},
	{"name": "lib", "licenses": licenses},
]}}

permissive(_) := bill(["Apache-2.0"])

copyleft(_) := bill(["AGPL-3.0-only"])

silent(_) := {"status": "found", "document": {"packages": [{"name": "lib"}]}}

unreadable(_) := {"status": "found", "document": {}}

absent(_) := {"status": "absent", "reason": "there is none"}

test_usual_licences_are_allowed if {
	count(denied_licenses.require_sbom) == 0 with input.images as [api] with sbom.document as permissive
}

test_denied_ones_are_named if {
	some violation in denied_licenses.require_sbom with input.images as [api] with sbom.document as copyleft
	violation.because == "it has lib (AGPL-3.0-only)"
}

test_an_image_without_an_sbom_is_denied if {
	count(denied_licenses.require_sbom) == 1 with input.images as [api] with sbom.document as absent
	count(denied_licenses.require_sbom) == 1 with input.images as [api] with sbom.document as unreadable
}

test_expressions if {
	every expression in [
		"MIT",
		"GPL-2.0-only WITH Classpath-exception-2.0",
		"AGPL-3.0-only OR MIT",
		"MIT AND Apache-2.0",
		"MIT AND (AGPL-3.0-only OR BSD-3-Clause)",
		"LicenseRef-Acme",
	] {
		denied_licenses.is_acceptable(expression)
	}
	every expression in [
		"agpl-3.0-or-later",
		"AGPL-3.0+",
		"MIT AND AGPL-3.0-only",
		"AGPL-3.0-only OR SSPL-1.0",
		"MIT AND (AGPL-3.0-only OR SSPL-1.0)",
		"(MIT OR BSD-3-Clause) AND AGPL-3.0-only",
		"AGPL-3.0-only WITH Acme-exception",
		"BUSL-1.1",
		"no expression at all",
	] {
		not denied_licenses.is_acceptable(expression)
	}
}

test_every_licence_of_a_package_counts if {
	denied_licenses.is_accepted({"licenses": ["MIT", "BSD-3-Clause"]})
	not denied_licenses.is_accepted({"licenses": ["MIT", "AGPL-3.0-only"]})
}

test_a_package_without_a_licence_may_be_denied if {
	count(denied_licenses.require_sbom) == 0 with input.images as [api] with sbom.document as silent
	count(denied_licenses.require_sbom) == 1 with input.images as [api]
		with sbom.document as silent
		with data.parameters.licenses_required as true
}

test_the_list_takes_the_place_of_the_default if {
	denied_licenses.is_acceptable("AGPL-3.0-only") with data.parameters.denied_licenses as ["GPL-*"]
	not denied_licenses.is_acceptable("GPL-3.0-only") with data.parameters.denied_licenses as ["GPL-*"]
}

test_parameters_of_another_form_deny if {
	every value in [null, false, "", "AGPL-*", [], {}, [1]] {
		count(denied_licenses.deny) == 1 with data.parameters.denied_licenses as value
	}
	every value in [null, "yes", 1, [], {}] {
		count(denied_licenses.deny) == 1 with data.parameters.licenses_required as value
	}
}

test_a_word_for_nothing_is_no_licence if {
	every words in [["NONE"], ["NOASSERTION"], []] {
		denied_licenses.is_accepted({"name": "musl", "licenses": words})
		not denied_licenses.is_accepted({"name": "musl", "licenses": words}) with data.parameters.licenses_required as true
	}
	not denied_licenses.is_accepted({"name": "musl", "licenses": "AGPL-3.0-only"})
}
