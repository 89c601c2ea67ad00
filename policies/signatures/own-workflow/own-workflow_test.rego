package pratique.signatures.own_workflow_test

import data.pratique.signatures.own_workflow

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1"}

verified(_, _) := {"status": "verified", "count": 1}

test_an_authority_binds_issuer_owner_repository_and_ref if {
	own_workflow.authorities == [{
		"issuer": "https://token.actions.githubusercontent.com",
		"subject": "https://github.com/acme/**",
		"source_repository": "https://github.com/acme/api",
		"source_repository_ref": "refs/heads/release",
	}] with data.parameters as {
		"workflow_repositories": ["https://github.com/acme/api"],
		"workflow_refs": ["refs/heads/release"],
	}
}

test_main_and_tags_may_sign_by_default if {
	count(own_workflow.authorities) == 4 with data.parameters.workflow_repositories as [
		"https://github.com/acme/*",
		"https://gitlab.com/acme/platform/**",
	]
}

test_another_host_needs_an_issuer if {
	given := {"workflow_repositories": ["https://git.acme.io/web/api"]}
	own_workflow.authorities == [] with data.parameters as given
	issuers := {"workflow_issuers": {"git.acme.io": "https://git.acme.io"}}
	count(own_workflow.authorities) == 2 with data.parameters as object.union(given, issuers)
}

test_a_repository_that_could_be_anybodys_is_none if {
	every repository in [
		"https://github.com/**",
		"https://github.com/*/api",
		"https://github.com/acme*/api",
		"https://*/acme/api",
		"https://github.com/acme",
		"http://github.com/acme/api",
		"https://me@github.com/acme/api",
		"github.com/acme/api",
		"",
		null,
	] {
		own_workflow.authorities == [] with data.parameters.workflow_repositories as ["https://github.com/acme/api", repository]
	}
}

test_parameters_of_another_form_give_no_authority if {
	every value in [null, false, "https://github.com/acme/api", [], {}, [1]] {
		own_workflow.authorities == [] with data.parameters.workflow_repositories as value
		own_workflow.authorities == [] with data.parameters as {
			"workflow_repositories": ["https://github.com/acme/api"],
			"workflow_refs": value,
		}
	}
}

test_a_signed_image_is_allowed if {
	count(own_workflow.require_signature) == 0 with input.images as [api]
		with data.parameters.workflow_repositories as ["https://github.com/acme/*"]
		with signature.verified as verified
}

test_without_repositories_every_image_is_denied if {
	count(own_workflow.require_signature) == 1 with input.images as [api]
		with signature.verified as verified
}
