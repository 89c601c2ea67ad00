package pratique.registries.pull_secrets_test

import data.pratique.registries.pull_secrets

api := {"ref": "registry.acme.io/web/api:1", "registry": "registry.acme.io", "repository": "web/api", "container_type": "container"}

nginx := {"ref": "nginx", "registry": "docker.io", "repository": "library/nginx", "container_type": "container"}

denied(images) := {violation.image | some violation in pull_secrets.require_pull_secret with input.images as images}

test_a_private_image_needs_a_secret if denied([nginx, api]) == {1}

test_with_a_secret_it_is_allowed if denied([object.union(api, {"pull_secrets": ["registry-acme-io"]})]) == set()

test_an_empty_list_of_secrets_is_none if denied([object.union(api, {"pull_secrets": []})]) == {0}

test_the_list_takes_the_place_of_the_default if {
	denied([nginx, api]) == {0} with data.parameters.private_registries as [{"preset": "docker-official"}]
}

test_dockerfiles_have_no_secrets if denied([object.union(api, {"container_type": "stage"})]) == set()

test_an_empty_list_denies if count(pull_secrets.deny) == 1 with data.parameters.private_registries as []

test_what_is_no_list_denies if {
	every value in [null, false, 1, {}, ["https://registry.acme.io"], [{"preset": "none"}]] {
		denied([nginx]) == {0} with data.parameters.private_registries as value
	}
}

test_a_text_is_no_list_though_it_could_be_a_pattern if {
	every value in ["none", "**", null, {}] {
		"data.parameters.private_registries is not a list" in pull_secrets.deny with data.parameters.private_registries as value
	}
}
