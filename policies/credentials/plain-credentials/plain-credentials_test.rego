package pratique.credentials.plain_credentials_test

import data.pratique.credentials.plain_credentials

pod(fields) := {"kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": [object.union({"name": "web"}, fields)]}}

messages(manifest) := [violation.msg |
	some violation in plain_credentials.deny with input.objects as [manifest]
]

variable(name, value) := messages(pod({"env": [{"name": name, "value": value}]}))

test_variables_that_hold_secrets_are_denied if {
	every name in [
		"PASSWORD", "DB_PASSWORD", "mysql-root-password", "PGPASSWORD", "redis_pass", "API_KEY", "ApiToken_Secret",
		"GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "CREDENTIALS", "ENCRYPTION_KEY", "SECRET_KEY_BASE", "clientSecret",
		"authToken", "DB_PW", "PASSWORD_1", "DB_PASSWORD_PROD", "TOKEN_BASE64",
	] {
		variable(name, "hunter2") == [sprintf("/spec/containers/0/env/0 sets %s in plain text: use secretKeyRef", [name])]
	}
}

test_what_only_leads_to_a_secret_is_allowed if {
	every name in ["PASSWORD_FILE", "SECRET_NAME", "TOKEN_URL", "PUBLIC_KEY", "PASSTHROUGH", "TOKENIZER", "KEY", "SECRETS_DIR"] {
		variable(name, "hunter2") == []
	}
	every value in [
		"", "true", "none", "/run/secrets/db", "$(DB_PASSWORD)", "${DB_PASSWORD}", "$DB", "{{ .Values.password }}",
		"<password>", "****", "xxxx", "vault:secret/db#password", "arn:aws:secretsmanager:eu-west-1:1:secret:db",
		"DB_PASSWORD_VALUE", "https://vault.acme.io/db", "0", "enabled", null, {"secretKeyRef": {}},
	] {
		variable("DB_PASSWORD", value) == []
	}
	messages(pod({"env": [{"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}]})) == []
}

test_values_that_are_like_references_and_are_none_are_denied if {
	every value in ["$2y$10$abcdefgh", "PASSWORD123", "-hunter2", "_hunter", 7] {
		count(variable("PASSWORD", value)) == 1
	}
}

test_arguments_that_hold_secrets_are_denied if {
	every words in [
		["helm", "install", "--set", "db.password=hunter2"],
		["docker", "run", "-e", "DB_PASSWORD=hunter2"],
		["--password=-hunter2"],
		["--options", "user=shop,password=hunter2"],
		["--password=hunter2"],
		["--db.password", "hunter2"],
		["-password=hunter2"],
		["sh", "-c", "mysql --user root --password=\"hunter2\" shop"],
		["sh", "-c", "export DB_PASSWORD=hunter2; run"],
		"redis-server --requirepassword hunter2",
	] {
		count(messages(pod({"args": words}))) == 1
		count(messages(pod({"command": words}))) == 1
	}
	every words in [
		["--password-file=/run/secrets/db"],
		["--password", "--verbose"],
		["--password=$(DB_PASSWORD)"],
		["--token=${TOKEN}"],
		["--create-token", "true"],
		["echo", "The secret word"],
		[7, null],
		{},
	] {
		messages(pod({"args": words})) == []
	}
}

annotated(key) := messages({"kind": "Pod", "metadata": {"annotations": {key: "hunter2"}}})

test_annotations_that_hold_secrets_are_denied if {
	annotated("acme.io/db-password") == ["/metadata/annotations/acme.io/db-password holds a secret in plain text"]
	annotated("acme.io/db-password-hash") == []
}

test_what_has_the_form_of_a_secret_is_denied_anywhere_and_not_repeated if {
	letters := "0123456789abcdefghijABCDEFGHIJ012345"
	every what, text in {
		"a private key": "-----BEGIN OPENSSH PRIVATE KEY-----\nx",
		"an access key of AWS": "key AKIAQWERTYUIOPASDFGH.",
		"an API key of Google": sprintf("AIza%s", [substring(letters, 0, 35)]),
		"a key of Stripe": sprintf("sk_live_%s", [letters]),
		"a token of Docker Hub": sprintf("dckr_pat_%s", [letters]),
		"a token of GitHub": sprintf("x ghp_%s", [letters]),
		"a token of GitLab": sprintf("glpat-%s", [letters]),
		"a token of npm": sprintf("npm_%s", [letters]),
		"a token of PyPI": sprintf("pypi-AgEIcHlwaS5vcmc%s%s", [letters, letters]),
		"a token of Slack": sprintf("xoxb-%s", [letters]),
		"a token of Vault": sprintf("hvs.%s", [letters]),
		"a JSON web token": sprintf("eyJ%s.eyJ%s.%s", [letters, letters, letters]),
		"a connection string with a password": "Server=db;User Id=sa;Password=hunter2;",
		"a data source name with a password": "shop:hunter2@tcp(db:3306)/shop",
		"a login of a registry": `{"auths": {"ghcr.io": {"auth": "c2hvcDpodW50ZXIy"}}}`,
		"a header with credentials": "Authorization: Basic c2hvcDpodW50ZXIyaHVudGVyMg==",
		"a webhook of Slack": sprintf("https://hooks.slack.com/services/T0A/B0A/%s", [letters]),
		"a URL with a password": "postgres://shop:hunter2@db.acme.io/shop",
	} {
		messages({"kind": "ConfigMap", "data": {"config": text}}) == [sprintf("/data/config holds %s", [what])]
	}
}

test_what_only_looks_like_it_is_allowed if {
	every text in [
		"-----BEGIN PUBLIC KEY-----",
		"AKIAIOSFODNN7EXAMPLE",
		"postgres://shop@db.acme.io/shop",
		"postgres://shop:$(PASSWORD)@db.acme.io/shop",
		"postgres://shop:${PASSWORD}@db.acme.io/shop",
		"https://example.com:8443/a@b",
		"https://<user>:<password>@acme.io",
		"eyJhbGciOiJub25lIn0",
	] {
		messages({"kind": "ConfigMap", "data": {"config": text}}) == []
	}
}

test_what_is_wrapped_in_base64_is_looked_into if {
	every text in ["-----BEGIN RSA PRIVATE KEY-----\nMIIE", "postgres://shop:hunter2@db.acme.io/shop"] {
		count(messages({"kind": "ConfigMap", "binaryData": {"config": base64.encode(text)}})) == 1
	}
}

test_scheme_and_headers_are_read_in_any_case if {
	count(variable("DATABASE_URL", "POSTGRES://shop:hunter2@db.acme.io/shop")) == 1
	count(variable("HEADERS", "bearer abcdefghijklmnopqrstuvwxyz")) == 1
}

configuration(held) := messages({"kind": "ConfigMap", "data": held})

test_keys_and_lines_of_a_config_map_that_hold_secrets_are_denied if {
	configuration({"DB_PASSWORD": "hunter2"}) == ["/data/DB_PASSWORD holds a secret in plain text"]
	configuration({"app.properties": "db.user=shop\ndb.password=hunter2\n"}) == ["/data/app.properties gives db.password in plain text"]
	configuration({"app.yaml": "db:\n  password: \"hunter2\"\n"}) == ["/data/app.yaml gives password in plain text"]
	every held in [
		{"DB_PASSWORD_FILE": "/run/secrets/db"},
		{"app.properties": "db.password=${DB_PASSWORD}\npassword is asked for\n"},
		{"app.yaml": "password:\ntoken: \"\"\n"},
		{"x": 1},
	] {
		configuration(held) == []
	}
}

test_values_of_charts_and_parameters_that_hold_secrets_are_denied if {
	count(messages({"kind": "HelmRelease", "spec": {"values": {"auth": {"adminPassword": "hunter2"}}}})) == 1
	messages({"kind": "HelmRelease", "spec": {"values": {"auth": {"existingSecret": "db", "adminPassword": ""}}}}) == []
	count(messages({"kind": "Application", "spec": {"source": {"helm": {"parameters": [{"name": "auth.password", "value": "hunter2"}]}}}})) == 1
	messages({"kind": "TaskRun", "spec": {"params": [{"name": "token", "value": "$(params.token)"}]}}) == []
}

compose(environment) := messages({"services": {"db": {"environment": environment}}})

test_compose_files_have_an_environment if {
	count(compose({"POSTGRES_PASSWORD": "hunter2", "POSTGRES_USER": "shop"})) == 1
	count(compose(["POSTGRES_PASSWORD=hunter2", "POSTGRES_USER=shop", "TOKEN"])) == 1
	compose(["POSTGRES_PASSWORD=${POSTGRES_PASSWORD}"]) == []
	compose("x") == []
	count(compose({"POSTGRES_PASSWORD": 12345})) == 1
	count(messages({"services": {"web": {"build": {"args": {"NPM_TOKEN": "hunter2", "VERSION": "1"}}}}})) == 1
}

test_secrets_and_definitions_are_left_out if {
	every kind in ["Secret", "Dockerfile", "CustomResourceDefinition"] {
		messages({"kind": kind, "stringData": {"url": "postgres://shop:hunter2@db.acme.io/shop"}}) == []
	}
}

test_the_place_is_told if {
	some violation in plain_credentials.deny with input.objects as [pod({"args": ["--password=hunter2"]})]
	violation.location == {"object": {"kind": "Pod", "name": "web"}}
	not contains(json.marshal(violation), "hunter2")
}

test_names_may_be_excepted if {
	variable("PAGE_TOKEN", "x") == [] with data.parameters.plain_variables as ["PAGE_TOKEN"]
	every value in [null, false, "", "PAGE_TOKEN", {}, [1]] {
		count(plain_credentials.deny) == 1 with data.parameters.plain_variables as value
	}
}

test_names_of_secrets_are_none if {
	every annotation, value in {
		"nginx.ingress.kubernetes.io/auth-secret": "basic-auth",
		"acme.io/tls-secret": "web/tls",
		"secret": "web-tls",
	} {
		messages({"kind": "Ingress", "metadata": {"annotations": {annotation: value}}}) == []
	}
	count(messages({"kind": "Ingress", "metadata": {"annotations": {"secret": "hunter2"}}})) == 1
	count(variable("AUTH_SECRET", "hunter2")) == 1
	messages(pod({"args": ["--default-ssl-secret=ingress/tls"]})) == []
}

test_scripts_labels_parameters_and_compose_configurations_are_looked_into if {
	every manifest in [
		{"kind": "Task", "spec": {"steps": [{"script": "#!/bin/sh\ncurl --password=hunter2 x"}]}},
		{"kind": "Workflow", "spec": {"templates": [{"script": {"source": "export DB_PASSWORD=hunter2"}}]}},
		{"kind": "Kustomization", "secretGenerator": [{"literals": ["DB_PASSWORD=hunter2"]}]},
		{"kind": "StorageClass", "parameters": {"password": "hunter2"}},
		{"services": {"db": {"healthcheck": {"test": ["CMD", "mysqladmin", "--password=hunter2"]}}}},
		{"services": {"db": {"labels": {"acme.password": "hunter2"}}}},
		{"services": {"db": {"command": "redis-server --requirepass hunter2"}}},
		{"configs": {"db": {"content": "db.password=hunter2\n"}}},
	] {
		count(messages(manifest)) == 1
	}
}
