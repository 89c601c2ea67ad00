package pratique.credentials.stored_secrets_test

import data.pratique.credentials.stored_secrets

secret(fields) := object.union({"kind": "Secret", "metadata": {"name": "db"}}, fields)

filled := {"data": {"password": "aHVudGVyMg=="}}

messages(manifest) := [violation.msg | some violation in stored_secrets.deny with input.objects as [manifest]]

test_a_secret_that_carries_its_values_is_denied if {
	messages(secret(filled)) == ["the Secret carries its data: let it come from a store"]
	messages(secret({"data": {}, "stringData": {"password": "hunter2"}})) == ["the Secret carries its stringData: let it come from a store"]
}

test_one_without_values_is_allowed if {
	messages(secret({})) == []
	messages(secret({"data": {}})) == []
	messages(secret({"data": null})) == []
	messages(secret(service_account_token({"data": {"token": "eA==", "ca.crt": "eA=="}}))) == []
	messages(secret(service_account_token({}))) == []
}

service_account_token(fields) := object.union(
	{"type": "kubernetes.io/service-account-token", "metadata": {"annotations": {"kubernetes.io/service-account.name": "web"}}},
	fields,
)

test_one_that_only_says_that_it_is_a_token_is_denied if {
	count(messages(secret(object.union(filled, {"type": "kubernetes.io/service-account-token"})))) == 1
	count(messages(secret(service_account_token({"data": {"password": "eA=="}})))) == 1
	count(messages(secret(service_account_token({"stringData": {"token": "x"}})))) == 1
	count(messages(secret({"stringData": {"enabled": false}}))) == 1
}

owned(kind) := messages(secret(object.union(filled, {"metadata": {"ownerReferences": [{"kind": kind, "name": "db"}]}})))

test_one_that_a_store_made_is_allowed if {
	owned("ExternalSecret") == []
	owned("SealedSecret") == []
	count(owned("Deployment")) == 1
	owned("Deployment") == [] with data.parameters.secret_store_kinds as ["Deployment"]
	count(owned("ExternalSecret")) == 1 with data.parameters.secret_store_kinds as ["Deployment"]
}

test_one_that_a_user_of_the_store_writes_is_allowed if {
	messages(secret(filled)) == [] with data.parameters.secret_store_users as ["system:serviceaccount:stores:sync"]
		with input.request.userInfo.username as "system:serviceaccount:stores:sync"
	count(messages(secret(filled))) == 1 with data.parameters.secret_store_users as ["system:serviceaccount:stores:sync"]
		with input.request.userInfo.username as "mallory"
}

variable(name, source) := messages({"kind": "Pod", "spec": {"containers": [{"env": [{"name": name, "valueFrom": source}]}]}})

test_a_variable_with_the_name_of_a_secret_comes_from_one if {
	reference := {"name": "db", "key": "x"}
	variable("DB_PASSWORD", {"configMapKeyRef": reference}) == ["DB_PASSWORD comes from a ConfigMap: use secretKeyRef"]
	variable("DB_PASSWORD", {"secretKeyRef": reference}) == []
	variable("DB_HOST", {"configMapKeyRef": reference}) == []
}

test_parameters_of_another_form_deny if {
	every value in [null, false, "", "x", {}, [1]] {
		count(stored_secrets.deny) == 1 with data.parameters.secret_store_kinds as value
		count(stored_secrets.deny) == 1 with data.parameters.secret_store_users as value
	}
	count(stored_secrets.deny) == 1 with data.parameters.secret_store_kinds as []
}
