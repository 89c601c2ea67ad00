package pratique.sets.production_test

import data.pratique.sets.production

nginx := {
	"ref": "nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"registry": "docker.io",
	"repository": "library/nginx",
	"digest": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
}

authority := {"issuer": "https://accounts.example.com", "subject": "release@acme.io"}

verified(_, _) := {"status": "verified", "count": 1}

absent(_, _) := {"status": "absent", "reason": "no signature"}

test_signatures_are_not_required_by_default if {
	count((production.require_signature | production.deny)) == 0 with input.images as [nginx]
}

test_they_are_as_soon_as_somebody_says_whose if {
	count(production.require_signature) == 1 with input.images as [nginx]
		with data.parameters.signature_authorities as authority
		with signature.verified as absent
	count(production.require_signature) == 0 with input.images as [nginx]
		with data.parameters.signature_authorities as authority
		with signature.verified as verified
}

test_authorities_that_are_none_let_nothing_pass if {
	every value in [null, false, [], {}] {
		count(production.require_signature) == 1 with input.images as [nginx]
			with data.parameters.signature_authorities as value
	}
}

test_who_says_which_repositories_has_to_say_whose if {
	count(production.require_signature) == 1 with input.images as [nginx]
		with data.parameters.signed_repositories as ["docker.io"]
}

test_only_the_repositories_that_must_be_signed if {
	count(production.require_signature) == 0 with input.images as [nginx]
		with data.parameters as {"signature_authorities": authority, "signed_repositories": ["ghcr.io"]}
		with signature.verified as absent
}

test_an_empty_list_of_repositories_denies if {
	count(production.deny) == 1 with data.parameters.signed_repositories as []
}

test_a_text_is_no_list_though_it_could_be_a_pattern if {
	every value in ["none", "**", null, {}] {
		"data.parameters.signed_repositories is not a list" in production.deny with data.parameters.signed_repositories as value
	}
}
