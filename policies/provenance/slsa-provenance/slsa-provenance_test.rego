package pratique.provenance.slsa_provenance_test

import data.pratique.provenance.slsa_provenance

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1"}

given := {
	"provenance_authorities": {"issuer": "https://token.actions.githubusercontent.com", "subject": "https://github.com/slsa-framework/**"},
	"provenance_sources": ["https://github.com/acme/*"],
}

generator := "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/v2.1.0"

older(builder, source) := {
	"predicateType": "https://slsa.dev/provenance/v0.2",
	"predicate": {"builder": {"id": builder}, "invocation": {"configSource": {"uri": source}}},
}

newer(builder, definition) := {
	"predicateType": "https://slsa.dev/provenance/v1",
	"predicate": {"runDetails": {"builder": {"id": builder}}, "buildDefinition": definition},
}

workflow(repository) := {"externalParameters": {"workflow": {"repository": repository}}}

fetched(uri) := {"externalParameters": {}, "resolvedDependencies": [{"uri": uri}]}

# What a registry answers that has one statement.
only(statement, type) := {"status": "verified", "count": 1, "statements": [statement]} if {
	statement.predicateType == type
} else := {"status": "absent", "reason": "there is none"}

has_older(_, type, _) := only(older(generator, "git+https://github.com/acme/api@refs/tags/v1"), type)

has_newer(_, type, _) := only(newer(generator, workflow("https://github.com/acme/api")), type)

has_foreign(_, type, _) := only(newer(generator, workflow("https://github.com/mallory/api")), type)

unavailable(_, _, _) := {"status": "unavailable", "reason": "503"}

test_provenance_of_either_version_is_enough if {
	count(slsa_provenance.require_provenance) == 0 with input.images as [api]
		with data.parameters as given
		with attestation.verified as has_older
	count(slsa_provenance.require_provenance) == 0 with input.images as [api]
		with data.parameters as given
		with attestation.verified as has_newer
}

test_another_source_is_denied if {
	count(slsa_provenance.require_provenance) == 1 with input.images as [api]
		with data.parameters as given
		with attestation.verified as has_foreign
}

test_a_registry_that_cannot_be_asked_makes_it_indeterminate if {
	some violation in slsa_provenance.require_provenance with input.images as [api]
		with data.parameters as given
		with attestation.verified as unavailable
	violation.indeterminate
}

test_without_authorities_or_sources_every_image_is_denied if {
	every name in ["provenance_authorities", "provenance_sources"] {
		count(slsa_provenance.require_provenance) == 1 with input.images as [api]
			with data.parameters as object.remove(given, [name])
			with attestation.verified as has_older
	}
}

test_the_source_is_what_the_build_was_told if {
	every definition in [
		workflow("https://github.com/acme/api"),
		{"externalParameters": {"source": {"uri": "git+https://github.com/acme/api@refs/heads/main"}}},
		fetched("git+https://github.com/acme/api.git@refs/heads/main"),
	] {
		slsa_provenance.is_trusted(newer(generator, definition)) with data.parameters as given
	}
}

test_all_that_it_was_told_counts if {
	every definition in [
		{"externalParameters": {
			"workflow": {"repository": "https://github.com/acme/api"},
			"source": {"uri": "https://github.com/mallory/api"},
		}},
		object.union(workflow("https://github.com/mallory/api"), {"resolvedDependencies": [{"uri": "https://github.com/acme/api"}]}),
		fetched("git+https://github.com/acme-evil/api"),
		fetched("git+https://github.com.evil.example/acme/api"),
		fetched("git+https://github.com/acme/api/evil"),
		{"externalParameters": {}, "resolvedDependencies": []},
		{},
	] {
		not slsa_provenance.is_trusted(newer(generator, definition)) with data.parameters as given
	}
}

test_the_builder_must_be_one_of_the_list if {
	source := workflow("https://github.com/acme/api")
	every builder in [
		"https://github.com/acme/api/.github/workflows/release.yml@refs/heads/main",
		"https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/heads/main",
		"",
		null,
	] {
		not slsa_provenance.is_trusted(newer(builder, source)) with data.parameters as given
	}
}

test_a_builder_of_a_lower_level_may_be_enough if {
	statement := newer("https://ci.acme.io/runner", workflow("https://github.com/acme/api"))
	builders := {"provenance_builders": {"https://ci.acme.io/*": 2}}
	not slsa_provenance.is_trusted(statement) with data.parameters as object.union(given, builders)
	slsa_provenance.is_trusted(statement) with data.parameters as object.union(given, object.union(
		builders,
		{"provenance_level": 2},
	))
}

test_parameters_of_another_form_trust_nothing if {
	statement := newer(generator, workflow("https://github.com/acme/api"))
	every value in [null, false, "", [], {}, [1]] {
		every name in ["provenance_sources", "provenance_builders", "provenance_level"] {
			not slsa_provenance.is_trusted(statement) with data.parameters as object.union(given, {name: value})
		}
		count(slsa_provenance.deny) == 1 with data.parameters.provenance_level as value
	}
}

test_levels_are_numbers if {
	statement := newer("https://ci.acme.io/runner", workflow("https://github.com/acme/api"))
	every level in ["1", "3", [], {}, 4, 2.5, null, true] {
		builders := object.union(given, {"provenance_builders": {"https://ci.acme.io/*": level}})
		not slsa_provenance.is_trusted(statement) with data.parameters as builders
		count(slsa_provenance.deny) == 1 with data.parameters as builders
	}
}

test_a_way_up_leads_to_another_repository if {
	sources := object.union(given, {"provenance_sources": ["https://github.com/acme/**"]})
	slsa_provenance.is_trusted(newer(generator, workflow("https://github.com/acme/team/api"))) with data.parameters as sources
	every source in ["https://github.com/acme/../evil/api", "https://github.com/acme/%2e%2e/evil", "https://github.com/acme/.", "https://github.com/acme/api?x", "https://github.com/acme-evil/api"] {
		not slsa_provenance.is_trusted(newer(generator, workflow(source))) with data.parameters as sources
	}
}

told(address) := newer(generator, {
	"externalParameters": {"job": {"from": address}},
	"resolvedDependencies": [{"uri": "git+https://github.com/acme/api@refs/heads/main"}],
})

test_a_source_by_another_name_counts_beside_what_was_fetched if {
	slsa_provenance.is_trusted(told("https://github.com/acme/api")) with data.parameters as given
	not slsa_provenance.is_trusted(told("https://github.com/evil/api")) with data.parameters as given
	not slsa_provenance.is_trusted(told("git@github.com:evil/api")) with data.parameters as given
}
