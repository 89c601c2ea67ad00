package pratique.registries.allowed_registries_test

import data.pratique.registries.allowed_registries

nginx := {"ref": "nginx", "name": "docker.io/library/nginx:latest", "registry": "docker.io", "repository": "library/nginx"}

api := {"ref": "ghcr.io/acme/api:1", "name": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api"}

test_official_images_are_allowed_by_default if {
	count(allowed_registries.allow_registry) == 0 with input.images as [nginx]
}

test_others_are_denied_by_default if {
	some violation in allowed_registries.allow_registry with input.images as [nginx, api]
	violation.image == 1
	violation.found == "ghcr.io/acme/api"
}

test_the_list_takes_the_place_of_the_default if {
	violations := allowed_registries.allow_registry with input.images as [nginx, api]
		with data.parameters.allowed_registries as ["ghcr.io/acme/*"]
	{violation.image | some violation in violations} == {0}
}

test_an_empty_list_allows_nothing if {
	count(allowed_registries.allow_registry) == 2 with input.images as [nginx, api]
		with data.parameters.allowed_registries as []
}

test_what_is_no_list_allows_nothing if {
	every value in [null, false, 1, {"docker.io": true}, ["http://docker.io"], [1]] {
		count(allowed_registries.allow_registry) == 1 with input.images as [nginx]
			with data.parameters.allowed_registries as value
	}
}

test_a_preset_stands_for_its_repositories if {
	violations := allowed_registries.allow_registry with input.images as [nginx, api]
		with data.parameters.allowed_registries as [{"preset": "ghcr", "owner": "acme"}]
	{violation.image | some violation in violations} == {0}
}

test_a_preset_that_is_none_allows_nothing if {
	every entry in [{"preset": "ghcr"}, {"preset": "ghcr", "owner": "*"}, {"preset": "any"}] {
		count(allowed_registries.allow_registry) == 1 with input.images as [api]
			with data.parameters.allowed_registries as [entry]
	}
}

test_a_text_is_no_list_though_it_could_be_a_pattern if {
	every value in ["none", "**", null, {}] {
		"data.parameters.allowed_registries is not a list" in allowed_registries.deny with data.parameters.allowed_registries as value
	}
}
