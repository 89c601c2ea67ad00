package pratique.tags.immutable_tags_test

import data.pratique.tags.immutable_tags

first := "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

second := "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

api := {"ref": "ghcr.io/acme/api:1.4.0", "registry": "ghcr.io", "repository": "acme/api", "tag": "1.4.0"}

pinned(digest) := object.union(api, {"ref": sprintf("ghcr.io/acme/api:1.4.0@%s", [digest]), "digest": digest})

resolved_first(_) := {"status": "found", "digest": first}

resolved_second(_) := {"status": "found", "digest": second}

absent(_) := {"status": "absent", "reason": "not there"}

unavailable(_) := {"status": "unavailable", "reason": "not asked"}

messages := {violation.msg |
	some violation in immutable_tags.deny with data.parameters.known_digests as {"ghcr.io/acme/api:1.4.0": first}
}

test_the_same_digest_is_allowed if {
	messages == set() with input.images as [pinned(first)]
	messages == set() with input.images as [api] with image.resolve as resolved_first
}

test_another_digest_is_denied if {
	expected := {sprintf("ghcr.io/acme/api:1.4.0 was %s, and is %s", [first, second])}
	messages == expected with input.images as [pinned(second)]
	messages == expected with input.images as [api] with image.resolve as resolved_second
}

test_the_registry_is_one_however_it_is_written if {
	count(messages) == 1 with input.images as [object.union(pinned(second), {"registry": "GHCR.io:443"})]
}

test_a_tag_that_is_gone_is_denied if count(messages) == 1 with input.images as [api] with image.resolve as absent

test_where_nobody_can_be_asked_nothing_is_said if {
	count(messages) == 0 with input.images as [api] with image.resolve as unavailable
}

test_a_new_tag_is_allowed if {
	messages == set() with input.images as [object.union(pinned(second), {"tag": "1.4.1"})]
}

test_one_tag_beside_two_digests_is_denied if {
	count(immutable_tags.deny) == 2 with input.images as [pinned(first), pinned(second), pinned(first)]
		with data.parameters.known_digests as {"docker.io/library/nginx:1": first}
}

test_what_is_no_record_denies if {
	every value in [null, false, [], {}, [first], {"ghcr.io/acme/api:1.4.0": "sha256:aa"}, {"ghcr.io/acme/api:1.4.0": null}, {sprintf("ghcr.io/acme/api:1.4.0@%s", [first]): first}] {
		immutable_tags.deny == {"data.parameters.known_digests is no object of digests, or is empty"} with input.images as [pinned(first)]
			with data.parameters.known_digests as value
	}
}

test_without_a_record_everything_is_denied if count(immutable_tags.deny) == 1 with input.images as [api]
