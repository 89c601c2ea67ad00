package pratique.registries.denied_registries_test

import data.pratique.registries.denied_registries

scratch := {"ref": "ttl.sh/acme:1h", "registry": "ttl.sh", "repository": "acme"}

nginx := {"ref": "nginx", "registry": "docker.io", "repository": "library/nginx"}

test_places_where_anybody_may_push_are_denied if {
	some violation in denied_registries.deny_registry with input.images as [nginx, scratch]
	violation.image == 1
}

test_the_list_takes_the_place_of_the_default if {
	violations := denied_registries.deny_registry with input.images as [nginx, scratch]
		with data.parameters.denied_registries as [{"preset": "docker-official"}]
	{violation.image | some violation in violations} == {0}
}

test_an_empty_list_denies if {
	count(denied_registries.deny) == 1 with data.parameters.denied_registries as []
}

test_what_is_no_list_denies_everything if {
	every value in [null, false, 1, ["http://ttl.sh"], [{"preset": "none"}]] {
		count(denied_registries.deny_registry) == 1 with input.images as [nginx]
			with data.parameters.denied_registries as value
	}
}

test_a_text_is_no_list_though_it_could_be_a_pattern if {
	every value in ["none", "**", null, {}] {
		"data.parameters.denied_registries is not a list" in denied_registries.deny with data.parameters.denied_registries as value
	}
}
