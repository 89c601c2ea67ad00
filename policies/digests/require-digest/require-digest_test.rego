package pratique.digests.require_digest_test

import data.pratique.digests.require_digest

pinned := {
	"ref": "nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"digest": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
}

tagged := {"ref": "nginx:1.29.3", "tag": "1.29.3"}

test_an_image_without_a_digest_is_denied if {
	some violation in require_digest.require_digest with input.images as [pinned, tagged]
	violation.image == 1
	violation.fix.description == "pin the digest"
}

test_a_pinned_image_is_allowed if {
	count(require_digest.require_digest) == 0 with input.images as [pinned]
}

test_an_environment_may_go_without if {
	count(require_digest.require_digest) == 0 with input.images as [tagged]
		with input.context.environment as "development"
		with data.parameters.unpinned_environments as ["development"]
}

test_an_environment_that_nobody_named_may_not if {
	every context in [{}, {"environment": "production"}, {"environment": null}] {
		count(require_digest.require_digest) == 1 with input.images as [tagged]
			with input.context as context
			with data.parameters.unpinned_environments as ["development"]
	}
}

test_what_is_no_list_of_names_denies if {
	every value in [null, {"a": "development"}, "development", [1], [["development"]]] {
		count(require_digest.deny) == 1 with data.parameters.unpinned_environments as value
	}
}

test_no_environment_may_go_without_by_default if {
	count(require_digest.require_digest) == 1 with input.images as [tagged]
		with input.context.environment as "development"
}
