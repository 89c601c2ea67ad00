package pratique.digests.tag_matches_digest_test

import data.pratique.digests.tag_matches_digest

first := "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

second := "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

api(digest) := {
	"ref": sprintf("ghcr.io/acme/api:1.4.0@%s", [digest]),
	"registry": "ghcr.io",
	"repository": "acme/api",
	"tag": "1.4.0",
	"tag_explicit": true,
	"digest": digest,
}

index(_) := {"status": "found", "digest": first, "document": {"manifests": [{"digest": second}]}}

single(_) := {"status": "found", "digest": first, "document": {"layers": []}}

absent(_) := {"status": "absent", "reason": "not there"}

unavailable(_) := {"status": "unavailable", "reason": "not asked"}

test_the_digest_of_the_tag_is_allowed if {
	count(tag_matches_digest.deny) == 0 with input.images as [api(first)] with image.manifest as single
}

test_the_digest_of_a_platform_is_allowed if {
	count(tag_matches_digest.deny) == 0 with input.images as [api(first), api(second)] with image.manifest as index
}

test_another_digest_is_denied if {
	some violation in tag_matches_digest.deny with input.images as [api(second)] with image.manifest as single
	violation.msg == sprintf("ghcr.io/acme/api:1.4.0 does not stand for %s", [second])
}

test_a_tag_that_is_not_there_is_denied if {
	count(tag_matches_digest.deny) == 1 with input.images as [api(first)] with image.manifest as absent
}

test_where_nobody_can_be_asked_nothing_is_said if {
	count(tag_matches_digest.deny) == 0 with input.images as [api(first)] with image.manifest as unavailable
}

test_a_tag_or_a_digest_alone_is_allowed if {
	images := [object.remove(api(first), ["digest"]), object.union(api(first), {"tag_explicit": false})]
	count(tag_matches_digest.deny) == 0 with input.images as images with image.manifest as absent
}
