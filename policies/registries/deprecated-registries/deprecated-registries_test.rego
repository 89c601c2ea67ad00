package pratique.registries.deprecated_registries_test

import data.pratique.registries.deprecated_registries

pause := {
	"ref": "k8s.gcr.io/pause:3.9",
	"registry": "k8s.gcr.io",
	"repository": "pause",
	"tag": "3.9",
	"tag_explicit": true,
	"container_type": "container",
	"path": "/0/spec/containers/0/image",
}

test_the_fix_writes_the_new_place if {
	some violation in deprecated_registries.deny with input.images as [pause]
	violation.fix == {
		"description": "write registry.k8s.io/pause:3.9",
		"patch": [{"op": "replace", "path": "/0/spec/containers/0/image", "value": "registry.k8s.io/pause:3.9"}],
	}
}

test_other_places_are_allowed if {
	new := {"ref": "registry.k8s.io/pause:3.9", "registry": "registry.k8s.io", "repository": "pause"}
	count(deprecated_registries.deny) == 0 with input.images as [new]
}

test_the_object_takes_the_place_of_the_default if {
	old := {"ref": "old.acme.io/web:1", "registry": "old.acme.io", "repository": "web", "tag": "1", "tag_explicit": true}
	some violation in deprecated_registries.deny with input.images as [pause, old]
		with data.parameters.moved_registries as {"old.acme.io": "registry.acme.io/old"}
	violation.fix.description == "write registry.acme.io/old/web:1"
	violation.image.ref == "old.acme.io/web:1"
}

test_what_is_no_object_of_names_denies if {
	every value in [null, false, [], {}, "k8s.gcr.io", {"k8s.gcr.io": 1}, {"k8s.gcr.io": null}] {
		count(deprecated_registries.deny) == 1 with input.images as [pause]
			with data.parameters.moved_registries as value
	}
}

test_places_have_no_wildcard_tag_or_digest if {
	every name in ["**", "*.acme.io", "mirror.acme.io/*", "mirror.acme.io/web:1", "Mirror.acme.io", "", " "] {
		count(deprecated_registries.deny) == 1 with input.images as []
			with data.parameters.moved_registries as {"docker.io": name}
		count(deprecated_registries.deny) == 1 with input.images as []
			with data.parameters.moved_registries as {name: "mirror.acme.io"}
	}
}
