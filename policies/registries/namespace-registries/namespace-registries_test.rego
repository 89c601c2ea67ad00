package pratique.registries.namespace_registries_test

import data.pratique.registries.namespace_registries

lists := {"payments": ["ghcr.io/acme/payments/*"], "*": ["docker.io/library/*"]}

api := {"ref": "ghcr.io/acme/payments/api:1", "registry": "ghcr.io", "repository": "acme/payments/api"}

nginx := {"ref": "nginx:1.29", "registry": "docker.io", "repository": "library/nginx"}

within(image, namespace) := object.union(image, {"object": {"kind": "Pod", "namespace": namespace}})

test_a_namespace_has_its_own_list if {
	images := [within(api, "payments"), within(nginx, "payments"), within(nginx, "shop"), within(api, "shop")]
	violations := namespace_registries.deny with input.images as images
		with data.parameters.namespace_registries as lists
	{violation.image | some violation in violations} == {images[1], images[3]}
}

test_no_namespace_is_one_that_is_not_named if {
	violations := namespace_registries.deny with input.images as [api, nginx]
		with data.parameters.namespace_registries as lists
	{violation.msg | some violation in violations} == {`namespace "" has ghcr.io/acme/payments/api not on its list`}
}

test_what_is_no_object_of_lists_denies if {
	every value in [null, false, [], {}, ["docker.io"], {"*": null}, {"*": []}, {"*": "no list!"}, {"shop": ["docker.io"]}] {
		count(namespace_registries.deny) == 1 with input.images as [within(nginx, "payments")]
			with data.parameters.namespace_registries as value
	}
}

test_nothing_is_allowed_by_default if {
	count(namespace_registries.deny) == 1 with input.images as [nginx]
}

test_the_namespace_of_an_admission_request_counts if {
	violations := namespace_registries.deny with input as {"images": [within(api, "payments")], "request": {"namespace": "shop"}}
		with data.parameters.namespace_registries as lists
	{violation.msg | some violation in violations} == {`namespace "shop" has ghcr.io/acme/payments/api not on its list`}
}
