package pratique.registries.look_alikes_test

import data.pratique.lib.resemblance
import data.pratique.registries.look_alikes

at(registry, repository) := {
	"ref": sprintf("%s/%s", [registry, repository]),
	"registry": registry,
	"repository": repository,
}

messages(image) := {violation.msg | some violation in look_alikes.deny with input.images as [image]}

test_names_that_differ_in_one_letter_are_alike[name] if {
	some name, model in {"ngnix": "nginx", "ngin": "nginx", "nginxx": "nginx", "nginz": "nginx", "xnginx": "nginx"}
	resemblance.models(name, [model]) == {model}
}

test_names_that_look_the_same_are_alike[name] if {
	some name, model in {"p0stgres": "postgres", "mernca": "memca", "vvordpress": "wordpress", "bit-nami": "bitnami", "a1pine": "alpine"}
	resemblance.models(name, [model]) == {model}
}

test_others_are_not[name] if {
	some name, model in {"nginx": "nginx", "nginx-plus": "nginx", "xngni": "nginx", "gixnn": "nginx", "gos": "ros", "nats": "mariadb"}
	resemblance.models(name, [model]) == set()
}

test_a_known_name_is_no_look_alike if {
	resemblance.models("mongo", ["mono", "mongo"]) == set()
	every name in look_alikes.known.known_images {
		messages(at("docker.io", sprintf("library/%s", [name]))) == set()
	}
}

test_imitated_registries_are_denied[registry] if {
	some registry in [
		"gchr.io", "quay.lo", "quay.io.evil.example", "registry-k8s-io.evil.example", "ghcr.com", "GHCR.com:8443",
	]
	count(messages(at(registry, "acme/api"))) > 0
}

test_imitated_publishers_are_denied[namespace] if {
	some namespace in ["bitnarni", "1ibrary", "graffana", "hashicrop", "gcrio", "ghcr-io"]
	count(messages(at("docker.io", sprintf("%s/api", [namespace])))) > 0
}

test_the_message_names_the_model if {
	messages(at("docker.io", "library/ngnix")) == {"ngnix may be taken for nginx"}
}

test_other_scripts_are_denied if {
	messages(at("xn--gr-wmc.io", "acme/api")) == {"xn--gr-wmc.io hides letters of other scripts"}
}

test_what_is_genuine_is_allowed if {
	every image in [at("icr.dev", "acme/api"), at("xn--acme-5qa.example", "api")] {
		count(messages(image)) == 1
		messages(image) == set() with data.parameters.genuine_repositories as ["icr.dev", "xn--acme-5qa.example"]
	}
}

test_lists_take_the_place_of_the_default if {
	messages(at("registry.acne.io", "api")) == {"registry.acne.io may be taken for registry.acme.io"} with data.parameters.known_registries as ["registry.acme.io"]
	messages(at("quay.lo", "api")) == set() with data.parameters.known_registries as ["registry.acme.io"]
}

test_what_is_no_list_of_names_denies if {
	every value in [null, false, [], {}, "gcr.io", [1]] {
		count(look_alikes.deny) == 1 with input.images as []
			with data.parameters.known_registries as value
	}
}

test_a_text_is_no_list_though_it_could_be_a_pattern if {
	every value in ["none", "**", null, {}] {
		"data.parameters.genuine_repositories is not a list" in look_alikes.deny with data.parameters.genuine_repositories as value
	}
}

test_a_pattern_or_upper_case_is_no_name if {
	every value in [["*.acme.io"], ["Registry.Acme.io"], ["registry.acme.io/web"], [" "]] {
		count(look_alikes.deny) == 1 with input.images as []
			with data.parameters.known_registries as value
	}
}
