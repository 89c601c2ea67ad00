package pratique.base.allowed_base_test

import data.pratique.base.allowed_base

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1", "container_type": "container"}

on_distroless(_) := {"status": "found", "images": ["gcr.io/distroless/static-debian13:nonroot"]}

on_ubuntu(_) := {"status": "found", "images": ["ubuntu:26.04"]}

unknown(_) := {"status": "absent", "reason": "it does not say"}

dockerfile(from) := {
	"kind": "Dockerfile",
	"file": "Dockerfile",
	"stages": [
		{"from": "golang:1.26", "name": "build", "base": "image", "line": 1, "instructions": []},
		{"from": from, "base": "image", "line": 3, "instructions": []},
	],
}

test_the_base_must_be_on_the_list if {
	count(allowed_base.allow_base) == 0 with input.images as [api] with image.base as on_distroless
	count(allowed_base.allow_base) == 1 with input.images as [api] with image.base as on_ubuntu
}

test_a_base_that_is_not_known_is_denied if {
	count(allowed_base.allow_base) == 1 with input.images as [api] with image.base as unknown
}

test_of_a_dockerfile_the_last_base_counts if {
	count(allowed_base.deny) == 0 with input.objects as [dockerfile("alpine:3.22")]
	some violation in allowed_base.deny with input.objects as [dockerfile("ubuntu:26.04")]
	violation.location.line == 3
}

test_its_bases_are_not_asked_for_theirs if {
	stage := object.union(api, {"ref": "golang:1.26", "container_type": "stage", "file": "Dockerfile", "line": 1})
	count(allowed_base.allow_base) == 0 with input.images as [stage] with image.base as unknown
	count(allowed_base.deny) == 0 with input.images as [stage] with input.objects as [dockerfile("alpine:3.22")]
}

test_what_another_build_names_is_a_base if {
	stage := object.union(api, {"ref": "ubuntu:26.04", "container_type": "stage", "file": "build.yaml", "line": 9})
	count(allowed_base.deny) == 1 with input.images as [stage] with input.objects as [dockerfile("alpine:3.22")]
	count(allowed_base.deny) == 0 with input.images as [object.union(stage, {"ref": "alpine:3.22"})]
}

test_the_list_takes_the_place_of_the_default if {
	count(allowed_base.allow_base) == 0 with input.images as [api]
		with image.base as on_ubuntu
		with data.parameters.allowed_bases as ["docker.io/library/ubuntu"]
	count(allowed_base.deny) == 1 with input.objects as [dockerfile("alpine:3.22")]
		with data.parameters.allowed_bases as ["docker.io/library/ubuntu"]
}

test_a_list_that_is_none_allows_nothing if {
	every value in [null, false, "alpine", [], {}, [1], ["http://docker.io"]] {
		count(allowed_base.allow_base) == 1 with input.images as [api]
			with image.base as on_distroless
			with data.parameters.allowed_bases as value
		count(allowed_base.deny) > 0 with input.objects as [dockerfile("alpine:3.22")]
			with data.parameters.allowed_bases as value
	}
}
