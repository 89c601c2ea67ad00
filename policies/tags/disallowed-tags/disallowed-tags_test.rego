package pratique.tags.disallowed_tags_test

import data.pratique.tags.disallowed_tags

tagged(tag) := {"ref": sprintf("nginx:%s", [tag]), "tag": tag}

pinned := {
	"ref": "nginx:latest@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"tag": "latest",
	"digest": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
}

test_tags_that_move_are_denied_by_default if {
	every tag in ["latest", "latest-alpine", "3-latest", "edge", "main", "1.0-dev", "2.0-SNAPSHOT"] {
		count(disallowed_tags.deny_tag) == 1 with input.images as [tagged(tag)]
	}
}

test_versions_are_allowed if {
	every tag in ["1", "1.29.3", "v2.0.0-rc.1", "2026-11-20", "developer-1"] {
		count(disallowed_tags.deny_tag) == 0 with input.images as [tagged(tag)]
	}
}

test_a_reference_without_a_tag_is_latest if {
	count(disallowed_tags.deny_tag) == 1 with input.images as [{"ref": "nginx", "tag": "latest"}]
}

test_a_digest_decides if {
	count(disallowed_tags.deny_tag) == 0 with input.images as [pinned]
}

test_the_list_takes_the_place_of_the_default if {
	violations := disallowed_tags.deny_tag with input.images as [tagged("latest"), tagged("0.9.0")]
		with data.parameters.disallowed_tags as [{"semver": "<1"}]
	{violation.image | some violation in violations} == {1}
}

test_what_is_no_list_denies_every_tag if {
	every value in [null, false, 1, ["a b"], [1]] {
		count(disallowed_tags.deny_tag) == 1 with input.images as [tagged("1.0.0")]
			with data.parameters.disallowed_tags as value
	}
}

test_an_empty_list_denies if count(disallowed_tags.deny) == 1 with data.parameters.disallowed_tags as []

test_a_text_is_no_list_though_it_could_be_a_pattern if {
	every value in ["none", "**", null, {}] {
		"data.parameters.disallowed_tags is not a list" in disallowed_tags.deny with data.parameters.disallowed_tags as value
	}
}
