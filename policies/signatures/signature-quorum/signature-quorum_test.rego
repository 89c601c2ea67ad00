package pratique.signatures.signature_quorum_test

import data.pratique.signatures.signature_quorum

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1"}

authorities := [signer | some name in ["security", "release", "platform"]; signer := {
	"issuer": "https://accounts.example.com",
	"subject": sprintf("%s@acme.io", [name]),
}]

signed_by_one(_, _) := {"status": "verified", "count": 1}

signed_by_two(_, _) := {"status": "verified", "count": 2}

absent(_, _) := {"status": "absent", "reason": "no signature"}

test_without_authorities_every_image_is_denied if {
	count(signature_quorum.require_signature) == 1 with input.images as [api]
}

test_two_are_enough_by_default if {
	count(signature_quorum.require_quorum) == 0 with input.images as [api]
		with data.parameters.quorum_authorities as authorities
		with signature.verified as signed_by_two
}

test_one_is_not if {
	some violation in signature_quorum.require_quorum with input.images as [api]
		with data.parameters.quorum_authorities as authorities
		with signature.verified as signed_by_one
	violation.because == "1 of 2 required authorities have signed"
}

test_one_may_be_enough if {
	count(signature_quorum.require_quorum) == 0 with input.images as [api]
		with data.parameters as {"quorum_authorities": authorities, "quorum_size": 1}
		with signature.verified as signed_by_one
}

test_an_unsigned_image_is_denied_once if {
	denied := signature_quorum.require_signature | signature_quorum.require_quorum with input.images as [api]
		with data.parameters.quorum_authorities as authorities
		with signature.verified as absent
	count(denied) == 1
}

test_a_size_that_is_none_denies if {
	every size in [null, "2", 0, -1, 1.5, [], {}] {
		count(signature_quorum.deny) > 0 with data.parameters as {"quorum_authorities": authorities, "quorum_size": size}
	}
}

test_a_size_that_cannot_be_reached_denies if {
	count(signature_quorum.deny) == 1 with data.parameters as {"quorum_authorities": authorities, "quorum_size": 4}
}
