package pratique.sets.production_checklist_test

import data.pratique.sets.production_checklist as checklist

api := {
	"ref": "registry.acme.io/web/api:1.4.0@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"registry": "registry.acme.io",
	"repository": "web/api",
	"tag": "1.4.0",
	"digest": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"pull_secrets": ["registry-acme-io"],
}

nginx := {"ref": "nginx", "registry": "docker.io", "repository": "library/nginx", "tag": "latest"}

authority := {"issuer": "https://accounts.example.com", "subject": "release@acme.io"}

now := time.parse_rfc3339_ns("2026-11-20T00:00:00Z")

reported(_, _) := {"status": "found", "document": {"created_at": "2026-11-19T00:00:00Z", "vulnerabilities": []}}

verified(_, _) := {"status": "verified", "count": 1}

absent(_, _) := {"status": "absent", "reason": "there is none"}

unavailable(_, _) := {"status": "unavailable", "reason": "not asked"}

answers := {warning.msg | some warning in checklist.warn_answers with data.parameters.signature_authorities as authority
	with time.now_ns as now
	with input.objects as []}

test_every_answer_can_be_yes if {
	answers == {"scanned: yes, registry private: yes, credentials in Secrets: yes, tag immutable: yes, signed: yes"} with input.images as [api]
		with scan.select as reported
		with signature.verified as verified
}

test_every_answer_can_be_no if {
	answers == {"scanned: no, registry private: no, credentials in Secrets: no, tag immutable: no, signed: no"} with input.images as [object.union(nginx, {"pull_secrets": []})]
		with data.pratique.credentials.plain_credentials.deny as {{"msg": "sets PASSWORD in plain text"}}
		with scan.select as absent
		with signature.verified as absent
}

test_what_cannot_be_asked_is_unknown if {
	some answer in answers with input.images as [api]
		with scan.select as unavailable
		with signature.verified as verified
	startswith(answer, "scanned: unknown, registry private: yes")
}

test_a_public_image_needs_no_secret if {
	count(checklist.credentials_in_secrets) == 0 with input as {"images": [nginx], "objects": []}
}

test_a_private_one_does if {
	images := [object.remove(api, ["pull_secrets"])]
	count(checklist.credentials_in_secrets) == 1 with input as {"images": images, "objects": []}
}

test_a_list_says_what_is_private if {
	violations := checklist.private_registry with input.images as [nginx, api]
		with data.parameters.private_registries as ["docker.io/library/*"]
	{violation.image | some violation in violations} == {1}
}

test_a_tag_may_be_immutable_where_it_does_not_move if {
	images := [object.union(nginx, {"ref": "nginx:1.29.3", "tag": "1.29.3"}), nginx]
	violations := checklist.immutable_tag with input.images as images
		with data.parameters.immutable_repositories as [{"preset": "docker-official"}]
	{violation.image | some violation in violations} == {1}
}

test_lists_of_another_form_answer_no if {
	every value in [null, {}, [1], [{"preset": "none"}]] {
		count(checklist.private_registry) == 1 with input.images as [api]
			with data.parameters.private_registries as value
		count(checklist.immutable_tag) == 1 with input.images as [nginx]
			with data.parameters.immutable_repositories as value
	}
}

test_the_age_of_a_scan_can_be_told if {
	count(checklist.scanned) == 1 with input.images as [api]
		with scan.select as reported
		with time.now_ns as now
		with data.parameters.scan_age as "12h"
}

test_a_text_is_no_list_though_it_could_be_a_pattern if {
	every parameter in ["private_registries", "immutable_repositories"] {
		sprintf("data.parameters.%s is not a list", [parameter]) in checklist.deny with data.parameters as {parameter: "**"}
	}
}
