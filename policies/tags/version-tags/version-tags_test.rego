package pratique.tags.version_tags_test

import data.pratique.tags.version_tags

tagged(tag) := {"ref": sprintf("ghcr.io/acme/api:%s", [tag]), "registry": "ghcr.io", "repository": "acme/api", "tag": tag}

denied(tags, versions) := {violation.image.tag |
	some violation in version_tags.deny with input.images as [tagged(tag) | some tag in tags]
		with data.parameters.versions as versions
}

test_whole_versions_are_allowed_by_default if {
	every tag in ["1.29.3", "v1.29.3", "1.29.3-alpine", "1.29.3_1", "2026.11.20"] {
		count(version_tags.deny) == 0 with input.images as [tagged(tag)]
	}
}

test_others_are_denied_by_default if {
	every tag in ["latest", "1", "1.29", "v1", "main", "1.29-alpine", "x1.29.3", "1.29.3x"] {
		count(version_tags.deny) == 1 with input.images as [tagged(tag)]
	}
}

test_ranges_take_the_place_of_the_default if {
	denied(["1.0.0", "2.0.0", "1.5.0-rc.1", "1.5"], {"ghcr.io/acme/*": "<2"}) == {"2.0.0", "1.5.0-rc.1", "1.5"}
}

test_every_range_must_fit if {
	denied(["1.0.0", "1.5.0", "2.0.0"], {"**": ">=1.2.0", "ghcr.io/**": "<2"}) == {"1.0.0", "2.0.0"}
}

test_tags_may_have_another_form if {
	denied(["r12", "12"], {"**": {"regex": `^r\d+$`}}) == {"12"}
}

test_what_no_range_is_given_for_is_denied if denied(["1.0.0"], {"docker.io": "*"}) == {"1.0.0"}

test_a_digest_decides if {
	count(version_tags.deny) == 0 with input.images as [object.union(tagged("main"), {"digest": "sha256:aa"})]
}

test_values_of_another_form_deny if {
	every versions in [null, false, [], {}, "*", {"**": null}, {"**": 1}, {"**": []}, {"**": "no range"}, {"a b": "*"}, {"**": {"semver": 1}}] {
		count(version_tags.deny) == 1 with input.images as [tagged("1.0.0")]
			with data.parameters.versions as versions
	}
}
