package pratique.registries.mirrored_images_test

import data.pratique.registries.mirrored_images

nginx := {
	"ref": "nginx",
	"registry": "docker.io",
	"repository": "library/nginx",
	"tag": "latest",
	"tag_explicit": false,
	"container_type": "container",
	"path": "/0/spec/containers/0/image",
}

prometheus := {
	"ref": "quay.io/prometheus/prometheus:v3.0.0@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"registry": "quay.io",
	"repository": "prometheus/prometheus",
	"tag": "v3.0.0",
	"tag_explicit": true,
	"digest": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
}

mirrors := {"docker.io": "mirror.acme.io/hub", "quay.io": "mirror.acme.io/quay", "quay.io/prometheus": "mirror.acme.io/prom"}

test_the_fix_writes_the_mirror if {
	some violation in mirrored_images.deny with input.images as [nginx]
		with data.parameters.mirrors as mirrors
	violation.fix == {
		"description": "write mirror.acme.io/hub/library/nginx",
		"patch": [{"op": "replace", "path": "/0/spec/containers/0/image", "value": "mirror.acme.io/hub/library/nginx"}],
	}
}

test_the_longest_name_is_replaced_and_the_rest_stays if {
	some violation in mirrored_images.deny with input.images as [prometheus]
		with data.parameters.mirrors as mirrors
	violation.fix.description == concat("", ["write mirror.acme.io/prom/prometheus:v3.0.0@", prometheus.digest])
	not violation.fix.patch
}

test_without_a_mirror_the_fix_says_what_is_missing if {
	some violation in mirrored_images.deny with input.images as [nginx]
	violation.fix == "name a mirror in data.parameters.mirrors"
}

test_what_is_mirrored_is_allowed if {
	count(mirrored_images.deny) == 0 with input.images as [{"ref": "ghcr.io/acme/hub/library/nginx"}]
		with data.parameters.mirrors as {"docker.io": "ghcr.io/acme/hub"}
}

test_private_images_are_allowed if {
	count(mirrored_images.deny) == 0 with input.images as [{"ref": "registry.acme.io/web:1"}]
}

test_the_list_of_public_registries_takes_the_place_of_the_default if {
	violations := mirrored_images.deny with input.images as [nginx, prometheus]
		with data.parameters.public_registries as ["quay.io"]
	{violation.image.ref | some violation in violations} == {prometheus.ref}
}

test_an_empty_list_of_public_registries_denies if {
	count(mirrored_images.deny) == 1 with input.images as [nginx]
		with data.parameters.public_registries as []
}

test_values_of_another_form_deny if {
	every parameters in [
		{"mirrors": null},
		{"mirrors": ["mirror.acme.io"]},
		{"mirrors": {"docker.io": 1}},
		{"public_registries": null},
		{"public_registries": {}},
		{"public_registries": ["http://docker.io"]},
	] {
		count(mirrored_images.deny) > 0 with input.images as [nginx]
			with data.parameters as parameters
	}
}

test_a_text_is_no_list_though_it_could_be_a_pattern if {
	every value in ["none", "**", null, {}] {
		"data.parameters.public_registries is not a list" in mirrored_images.deny with data.parameters.public_registries as value
	}
}

test_places_have_no_wildcard_tag_or_digest if {
	every name in ["**", "*.acme.io", "mirror.acme.io/*", "mirror.acme.io/web:1", "Mirror.acme.io", "", " "] {
		count(mirrored_images.deny) == 1 with input.images as []
			with data.parameters.mirrors as {"docker.io": name}
		count(mirrored_images.deny) == 1 with input.images as []
			with data.parameters.mirrors as {name: "mirror.acme.io"}
	}
}
