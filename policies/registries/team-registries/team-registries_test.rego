package pratique.registries.team_registries_test

import data.pratique.registries.team_registries

lists := {"payments": ["ghcr.io/acme/payments/*"], "*": ["docker.io/library/*"]}

api := {"ref": "ghcr.io/acme/payments/api:1", "registry": "ghcr.io", "repository": "acme/payments/api"}

nginx := {"ref": "nginx:1.29", "registry": "docker.io", "repository": "library/nginx"}

refs(context) := {violation.image.ref |
	some violation in team_registries.deny with input.images as [api, nginx]
		with input.context as context
		with data.parameters.team_registries as lists
}

test_a_team_has_its_own_list if refs({"team": "payments"}) == {"nginx:1.29"}

test_a_team_that_is_not_named_has_the_common_list if refs({"team": "shop"}) == {"ghcr.io/acme/payments/api:1"}

test_no_team_may_run_nothing if {
	every context in [{}, {"team": null}, {"team": ["payments"]}, {"team": 1}] {
		count(refs(context)) == 2
	}
}

test_what_is_no_object_of_lists_denies if {
	every value in [null, false, [], {}, ["docker.io"], {"*": null}, {"*": []}, {"shop": ["docker.io"]}] {
		count(team_registries.deny) == 1 with input.images as [nginx]
			with input.context.team as "payments"
			with data.parameters.team_registries as value
	}
}
