package pratique.tags.pull_policy_test

import data.pratique.tags.pull_policy

tagged(tag) := {"ref": sprintf("ghcr.io/acme/api:%s", [tag]), "registry": "ghcr.io", "repository": "acme/api", "tag": tag}

with_policy(tag, policy) := object.union(tagged(tag), {"pull_policy": policy})

messages(image) := {violation.msg | some violation in pull_policy.deny with input.images as [image]}

test_a_tag_that_moves_is_pulled_at_every_start if {
	messages(tagged("main")) == {"main moves, and is pulled only once"}
	messages(with_policy("latest", "IfNotPresent")) == {"latest moves, and is pulled only once"}
	messages(with_policy("latest", "missing")) == {"latest moves, and is pulled only once"}
	messages(with_policy("main", "Always")) == set()
	messages(tagged("latest")) == set()
}

test_a_version_is_pulled_once if {
	messages(tagged("1.4.0")) == set()
	messages(with_policy("1.4.0", "IfNotPresent")) == set()
	messages(with_policy("1.4.0", "if_not_present")) == set()
}

test_a_digest_is_pulled_once_whatever_its_tag if {
	messages(object.union(with_policy("latest", "IfNotPresent"), {
		"ref": "ghcr.io/acme/api:latest@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"digest": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	})) == set()
}

test_what_is_never_pulled_is_denied if {
	messages(with_policy("1.4.0", "Never")) == {"is never pulled: whatever a node has under this name runs"}
}

test_what_is_no_policy_is_denied if messages(with_policy("1.4.0", "Sometimes")) == {`"sometimes" is no pull policy`}

test_some_are_always_pulled if {
	every image in [tagged("1.4.0"), with_policy("1.4.0", "IfNotPresent")] {
		messages(image) == {"ghcr.io/acme/api is to be pulled at every start"} with data.parameters.always_pulled as ["ghcr.io/acme/*"]
		messages(image) == set() with data.parameters.always_pulled as [{"preset": "quay", "organization": "acme"}]
	}
	messages(with_policy("1.4.0", "Always")) == set() with data.parameters.always_pulled as ["ghcr.io/acme/*"]
}

test_what_is_no_list_means_all if {
	every value in [null, false, {}, ["a b"], [1]] {
		count(messages(tagged("1.4.0"))) == 1 with data.parameters.always_pulled as value
	}
}

test_a_dockerfile_has_no_pull_policy if {
	messages(object.union(tagged("main"), {"container_type": "stage"})) == set()
}

test_a_text_is_no_list_though_it_could_be_a_pattern if {
	every value in ["none", "**", null, {}] {
		"data.parameters.always_pulled is not a list" in pull_policy.deny with data.parameters.always_pulled as value
	}
}
