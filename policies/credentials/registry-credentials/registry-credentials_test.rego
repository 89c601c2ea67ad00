package pratique.credentials.registry_credentials_test

import data.pratique.credentials.registry_credentials

type := "kubernetes.io/dockerconfigjson"

login := {"auth": base64.encode("robot:hunter2")}

secret(fields) := object.union({"kind": "Secret", "type": type, "metadata": {"name": "pull"}}, fields)

with_auths(auths) := secret({"data": {".dockerconfigjson": base64.encode(json.marshal({"auths": auths}))}})

messages(objects) := [violation.msg | some violation in registry_credentials.deny with input.objects as objects]

used(objects, images) := [violation.msg |
	some violation in registry_credentials.deny with input.objects as objects with input.images as images
]

api := {
	"ref": "ghcr.io/acme/api:1",
	"registry": "ghcr.io",
	"repository": "acme/api",
	"object": {"kind": "Pod", "name": "api"},
	"pull_secrets": ["pull"],
}

test_valid_credentials_are_allowed if {
	every valid in [
		login,
		{"username": "robot", "password": "hunter2"},
		{"identitytoken": "x"},
	] {
		messages([with_auths({"ghcr.io": valid})]) == []
	}
	messages([secret({"stringData": {".dockerconfigjson": json.marshal({"auths": {"ghcr.io": login}})}})]) == []
}

test_what_is_wrong_is_said_without_the_content if {
	every message, wrong in {
		"it has no .dockerconfigjson in base64": secret({"data": {".dockerconfigjson": "{}"}}),
		"its .dockerconfigjson is not JSON": secret({"stringData": {".dockerconfigjson": "hunter2"}}),
		"its .dockerconfigjson has no auths": secret({"stringData": {".dockerconfigjson": "{}"}}),
		"its .dockerconfigjson has no user and password for ghcr.io": with_auths({"ghcr.io": {"auth": "aHVudGVyMg=="}}),
	} {
		messages([wrong]) == [message]
	}
	every wrong in [
		secret({}),
		secret({"data": {"config.json": "e30="}}),
		secret({"data": {".dockerconfigjson": 7}}),
		secret({"stringData": {".dockerconfigjson": "[]"}}),
		with_auths({}),
		with_auths({"ghcr.io": {}}),
		with_auths({"ghcr.io": {"auth": "!!"}}),
		with_auths({"ghcr.io": {"auth": 7}}),
		with_auths({"ghcr.io": {"username": "robot", "password": ""}}),
		with_auths({"ghcr.io": {"username": null, "password": null}}),
		with_auths({"ghcr.io": {"username": 1, "password": 2}}),
		with_auths({"ghcr.io": {"identitytoken": null}}),
	] {
		count(messages([wrong])) == 1
	}
}

test_the_old_form_is_denied if {
	messages([secret({"type": "kubernetes.io/dockercfg", "data": {".dockercfg": "e30="}})]) == ["kubernetes.io/dockercfg is the old form, which tools no longer write: use kubernetes.io/dockerconfigjson"]
}

test_credentials_elsewhere_are_denied if {
	config := json.marshal({"auths": {"ghcr.io": login}})
	message := "config.json holds credentials of registries: they belong into a Secret of type kubernetes.io/dockerconfigjson"
	every holder in [
		secret({"type": "Opaque", "data": {"config.json": base64.encode(config)}}),
		secret({"type": "Opaque", "stringData": {"config.json": config}}),
		{"kind": "Secret", "metadata": {"name": "x"}, "stringData": {"config.json": config}},
		{"kind": "ConfigMap", "metadata": {"name": "x"}, "data": {"config.json": config}},
		{"kind": "ConfigMap", "data": {"config.json": json.marshal({"ghcr.io": login})}},
	] {
		messages([holder]) == [message]
	}
	every other in [
		{"kind": "ConfigMap", "data": {"config.json": json.marshal({"auths": {}, "credsStore": "pass"})}},
		{"kind": "ConfigMap", "data": {"config.json": "[1]", "key": "abcd", "none": null}},
		{"kind": "ConfigMap", "metadata": {"name": "x"}},
	] {
		messages([other]) == []
	}
	messages([secret({"type": "Opaque", "stringData": {"config.json": config}})]) == []
		with data.parameters.registry_credential_holders as ["pull"]
}

test_a_pull_secret_must_be_of_the_type if {
	used([secret({"type": "Opaque"})], [api]) == ["the pull secret pull is not of type kubernetes.io/dockerconfigjson, so it is not used"]
}

test_its_hosts_must_be_those_of_the_images if {
	every host in ["ghcr.io", "https://ghcr.io", "https://ghcr.io/v2/", "GHCR.io", "ghcr.io/acme", "ghcr.io/acme/api", "*.io"] {
		used([with_auths({host: login})], [api]) == []
	}
	every host in ["docker.io", "ghcr.io.evil.example", "ghcr.io/acm", "ghcr.io/other", "evil-ghcr.io", "*"] {
		count(used([with_auths({host: login})], [api])) == 1
	}
	nginx := object.union(api, {"ref": "acme/web", "registry": "docker.io", "repository": "acme/web"})
	every host in ["https://index.docker.io/v1/", "docker.io", "registry-1.docker.io"] {
		used([with_auths({host: login})], [nginx]) == []
	}
}

test_a_secret_that_was_not_sent_may_be_right if {
	used([], [api]) == []
	elsewhere := secret({"metadata": {"name": "pull", "namespace": "other"}, "data": {".dockerconfigjson": "e30="}})
	used([elsewhere], [object.union(api, {"pull_secrets": ["pull", "more"]})]) == ["its .dockerconfigjson has no auths"]
}

test_the_service_account_may_name_them if {
	pod := {"kind": "Pod", "metadata": {"name": "api"}, "spec": {"serviceAccountName": "api", "containers": []}}
	account := {"kind": "ServiceAccount", "metadata": {"name": "api"}, "imagePullSecrets": [{"name": "pull"}]}
	image := object.remove(api, ["pull_secrets"])
	used([pod, account, with_auths({"ghcr.io": login})], [image]) == []
	used([pod, account, with_auths({"quay.io": login})], [image]) == ["its pull secrets are for quay.io, and not for ghcr.io"]
	used([pod, with_auths({"quay.io": login})], [image]) == []
}

test_names_that_are_none_deny if {
	every value in [null, false, "", "pull", {}, [1]] {
		count(registry_credentials.deny) == 1 with data.parameters.registry_credential_holders as value
	}
}
