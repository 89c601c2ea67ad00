package pratique.sets.gatekeeper_compat_test

import data.pratique.lib.gatekeeper
import data.pratique.sets.gatekeeper_compat as compat

image(ref) := {"ref": ref, "container": "web", "container_type": "container"}

pinned := "ghcr.io/acme/api@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

images := [image("nginx"), image("ghcr.io/acme/api:1"), image("ghcr.io/acme-evil/api:latest"), image(pinned)]

refs(violations) := {violation.image.ref | some violation in violations}

test_nothing_given_denies if {
	count(compat.deny) == 1
	count(compat.deny) == 1 with data.parameters as {"another": 1}
}

test_allowed_repos_are_beginnings if {
	denied := compat.violation_k8s_allowed_repos with input.images as images
		with data.parameters.K8sAllowedRepos as {"repos": ["ghcr.io/acme"]}
	refs(denied) == {"nginx"}
	count(compat.warn_k8s_allowed_repos) == 1 with data.parameters.K8sAllowedRepos as {"repos": ["ghcr.io/acme", "quay.io/"]}
}

test_without_repos_none_is_allowed if {
	every value in [{}, null, {"repos": []}, {"repos": "ghcr.io"}, {"repos": [1]}] {
		count(compat.violation_k8s_allowed_repos) == 4 with input.images as images
			with data.parameters.K8sAllowedRepos as value
	}
}

test_allowed_images_are_whole_or_beginnings if {
	denied := compat.violation_k8s_allowed_repos_v2 with input.images as images
		with data.parameters.K8sAllowedReposv2 as {"allowedImages": ["ghcr.io/acme/*", "nginx", "ghcr.io/acme-evil/api"]}
	refs(denied) == {"ghcr.io/acme-evil/api:latest"}
}

test_disallowed_repos_are_beginnings if {
	denied := compat.violation_k8s_disallowed_repos with input.images as images
		with data.parameters.K8sDisallowedRepos as {"repos": ["ghcr.io/"]}
	refs(denied) == {"ghcr.io/acme/api:1", "ghcr.io/acme-evil/api:latest", pinned}
}

test_an_empty_list_of_disallowed_repos_denies if {
	every value in [{}, null, {"repos": []}] {
		count(compat.deny) == 1 with data.parameters.K8sDisallowedRepos as value
	}
}

test_tags_must_be_written_and_be_others if {
	denied := compat.violation_k8s_disallowed_tags with input.images as images
		with data.parameters.K8sDisallowedTags as {"tags": ["latest"]}
	refs(denied) == {"nginx", "ghcr.io/acme-evil/api:latest"}
}

test_images_may_be_exempt if {
	denied := compat.violation_k8s_disallowed_tags with input.images as images
		with data.parameters.K8sDisallowedTags as {"tags": ["latest", "1"], "exemptImages": ["nginx", "ghcr.io/acme-*"]}
	refs(denied) == {"ghcr.io/acme/api:1"}
}

test_digests_must_be_written if {
	denied := compat.violation_k8s_image_digests with input.images as images
		with data.parameters.K8sImageDigests as {"exemptImages": ["nginx"]}
	refs(denied) == {"ghcr.io/acme/api:1", "ghcr.io/acme-evil/api:latest"}
}

test_several_constraints_of_a_kind_all_count if {
	denied := compat.violation_k8s_allowed_repos with input.images as images
		with data.parameters.K8sAllowedRepos as [{"repos": ["nginx", "ghcr.io/"]}, {"repos": ["ghcr.io/"]}]
	refs(denied) == {"nginx"}
}

test_the_message_names_the_container if {
	found := [image("nginx"), object.union(image("nginx"), {"container_type": "init"}), {"ref": "nginx"}]
	messages := {each.msg |
		some each in compat.violation_k8s_image_digests with input.images as found
			with data.parameters.K8sImageDigests as {}
	}
	messages == {
		"container <web> uses an image without a digest <nginx>",
		"initContainer <web> uses an image without a digest <nginx>",
		"container <nginx> uses an image without a digest <nginx>",
	}
}

test_parameters_of_another_form_deny if {
	every value in [1, "latest", [1], {"tag": ["latest"]}, {"tags": "latest"}, {"tags": [1]}, {"exemptImages": null}] {
		count(compat.deny) == 1 with data.parameters.K8sDisallowedTags as value
	}
}

test_the_problem_is_said if {
	gatekeeper.problems({"tag": []}, {"tags"}) == {"it has no tag"}
	gatekeeper.problems({"tags": "latest"}, {"tags"}) == {"tags is no list of texts"}
	gatekeeper.problems([], {"tags"}) == {"the parameters of a Constraint are an object"}
}

test_an_empty_list_of_constraints_denies if {
	every kind in ["K8sAllowedRepos", "K8sAllowedReposv2", "K8sDisallowedRepos", "K8sDisallowedTags", "K8sImageDigests"] {
		count(compat.deny) == 1 with data.parameters as {kind: []}
	}
}
