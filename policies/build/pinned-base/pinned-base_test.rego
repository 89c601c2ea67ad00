package pratique.build.pinned_base_test

import data.pratique.build.pinned_base

tagged(type) := {"ref": "golang:1.26", "registry": "docker.io", "repository": "library/golang", "tag": "1.26", "container_type": type}

test_what_is_built_on_or_copied_from_needs_a_digest if {
	every type in ["stage", "copy"] {
		count(pinned_base.require_digest) == 1 with input.images as [tagged(type)]
		count(pinned_base.require_digest) == 0 with input.images as [object.union(
			tagged(type),
			{"digest": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
		)]
	}
}

test_what_runs_is_the_matter_of_another_policy if {
	count(pinned_base.require_digest) == 0 with input.images as [tagged("container")]
}

test_some_may_go_without if {
	count(pinned_base.require_digest) == 0 with input.images as [tagged("stage")]
		with data.parameters.unpinned_bases as ["docker.io/library/golang"]
	count(pinned_base.require_digest) == 1 with input.images as [tagged("stage")]
		with data.parameters.unpinned_bases as ["docker.io/library/gol"]
}

test_a_list_that_is_none_denies if {
	every value in [null, false, "", "golang", {}, [1]] {
		count(pinned_base.deny) == 1 with data.parameters.unpinned_bases as value
	}
	count(pinned_base.deny) == 0 with data.parameters.unpinned_bases as []
}
