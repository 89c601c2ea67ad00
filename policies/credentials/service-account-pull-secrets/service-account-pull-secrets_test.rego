package pratique.credentials.service_account_pull_secrets_test

import data.pratique.credentials.service_account_pull_secrets

api := {"ref": "ghcr.io/acme/api:1", "object": {"kind": "Pod", "name": "api"}}

with_secrets(names) := object.union(api, {"pull_secrets": names})

account(name, secrets) := {"kind": "ServiceAccount", "metadata": {"name": name}, "imagePullSecrets": secrets}

test_a_workload_that_names_none_is_allowed if {
	count(service_account_pull_secrets.deny) == 0 with input.images as [api, with_secrets([])]
}

test_one_that_names_some_is_denied if {
	some violation in service_account_pull_secrets.deny with input.images as [api, with_secrets(["a", "b"])]
	violation.msg == "the workload names a, b itself: name it in a service account"
}

test_some_names_may_be_excepted if {
	count(service_account_pull_secrets.deny) == 0 with input.images as [with_secrets(["a"])]
		with data.parameters.pod_pull_secrets as ["a"]
	count(service_account_pull_secrets.deny) == 1 with input.images as [with_secrets(["a", "b"])]
		with data.parameters.pod_pull_secrets as ["a"]
}

test_the_default_account_has_none if {
	count(service_account_pull_secrets.deny) == 1 with input.objects as [account("default", [{"name": "a"}])]
	count(service_account_pull_secrets.deny) == 0 with input.objects as [
		account("default", []),
		account("api", [{"name": "a"}]),
		{"kind": "ServiceAccount", "metadata": {"name": "default"}},
	]
}

test_names_that_are_none_deny if {
	every value in [null, false, "", "pull", {}, [1]] {
		count(service_account_pull_secrets.deny) == 1 with data.parameters.pod_pull_secrets as value
	}
}
