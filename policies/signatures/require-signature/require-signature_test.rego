package pratique.signatures.require_signature_test

import data.pratique.signatures.require_signature

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1"}

authority := {"issuer": "https://token.actions.githubusercontent.com", "subject": "https://github.com/acme/*"}

verified(_, _) := {"status": "verified", "count": 1}

absent(_, _) := {"status": "absent", "reason": "no signature"}

test_without_authorities_every_image_is_denied if {
	some violation in require_signature.require_signature with input.images as [api]
	violation.message == "data.parameters.signature_authorities is undefined, and undecided is denied"
}

test_a_signed_image_is_allowed if {
	count(require_signature.require_signature) == 0 with input.images as [api]
		with data.parameters.signature_authorities as authority
		with signature.verified as verified
}

test_an_unsigned_image_is_denied if {
	some violation in require_signature.require_signature with input.images as [api]
		with data.parameters.signature_authorities as [authority]
		with signature.verified as absent
	not violation.indeterminate
}

test_only_the_repositories_that_must_be_signed if {
	count(require_signature.require_signature) == 0 with input.images as [api]
		with data.parameters as {"signature_authorities": authority, "signed_repositories": ["registry.acme.io"]}
		with signature.verified as absent
}

test_an_empty_list_of_repositories_denies if {
	count(require_signature.deny) == 1 with data.parameters.signed_repositories as []
	count(require_signature.deny) == 0
}

test_a_text_is_no_list_though_it_could_be_a_pattern if {
	every value in ["none", "**", null, {}] {
		"data.parameters.signed_repositories is not a list" in require_signature.deny with data.parameters.signed_repositories as value
	}
}
