package pratique.build.build_secrets_test

import data.pratique.build.build_secrets

line(instruction) := object.union({"value": "", "words": [], "variables": [], "line": 2}, instruction)

dockerfile(instruction) := {
	"kind": "Dockerfile",
	"file": "Dockerfile",
	"instructions": [],
	"stages": [{"from": "alpine:3.22", "base": "image", "line": 1, "instructions": [line(instruction)]}],
}

messages(instruction) := [violation.msg |
	some violation in build_secrets.deny with input.objects as [dockerfile(instruction)]
]

variable(command, name, value) := {"instruction": command, "variables": [{"name": name, "value": value}]}

test_names_of_secrets_in_env_and_arg_are_denied if {
	every name in ["DB_PASSWORD", "NPM_TOKEN", "API_KEY", "aws_secret_access_key", "MYSQL_ROOT_PASSWORD", "PGPASSWORD"] {
		every command in ["ENV", "ARG"] {
			message := sprintf("%s %s puts a secret into the image: use RUN --mount=type=secret", [command, name])
			messages(variable(command, name, "x")) == [message]
		}
	}
}

test_an_argument_without_a_value_is_given_at_build_time if {
	count(messages({"instruction": "ARG", "variables": [{"name": "NPM_TOKEN"}]})) == 1
	messages({"instruction": "ENV", "variables": [{"name": "NPM_TOKEN", "value": ""}]}) == []
}

test_labels_hold_no_secrets if {
	count(messages(variable("LABEL", "db_password", "hunter2"))) == 1
	messages(variable("LABEL", "org.opencontainers.image.title", "api")) == []
}

test_commands_give_no_secrets if {
	every instruction in [
		{"instruction": "RUN", "value": "export DB_PASSWORD=hunter2 && ./migrate"},
		{"instruction": "CMD", "words": ["./serve", "--password=hunter2"]},
		{"instruction": "ENTRYPOINT", "words": ["./serve", "--api-key", "0123456789"]},
		{"instruction": "ONBUILD", "trigger": "RUN", "value": "helm install --set db.password=hunter2"},
		{"instruction": "COPY", "words": ["/app/settings"], "documents": ["db.password=hunter2\n"]},
	] {
		count(messages(instruction)) == 1
	}
	every value in ["TOKEN=$(cat /run/secrets/token) npm ci", "npm config set //acme.io/:_authToken=$NPM_TOKEN", "PASSWORD_FILE=/run/x ./migrate"] {
		messages({"instruction": "RUN", "value": value}) == []
	}
}

test_other_names_are_allowed if {
	every name in ["PATH", "DB_PASSWORD_FILE", "TOKEN_URL", "PUBLIC_KEY", "KEYBOARD", "PASSENGER", "STRIPE_PUBLIC_API_KEY"] {
		messages(variable("ENV", name, "x")) == []
	}
}

test_files_with_secrets_are_denied if {
	every source in [".env", "./.env.production", "config/.npmrc", "root/.ssh/id_rsa", "tls/server.key", "TLS/SERVER.KEY", "/.aws/credentials"] {
		count(messages({"instruction": "COPY", "words": ["x", source, "/app/"]})) == 1
	}
	every source in [".env.example", "src", ".", "server.crt", "keys", "id_rsa.pub", "tsconfig.json"] {
		messages({"instruction": "COPY", "words": [source, "/app/"]}) == []
	}
}

test_what_has_the_form_of_a_secret_is_denied_and_not_repeated if {
	token := concat("_", ["ghp", "0123456789abcdefghijABCDEFGHIJ012345"])
	messages({"instruction": "RUN", "value": sprintf("curl -H 'authorization: %s' x", [token])}) == ["RUN holds a token of GitHub"]
	messages({"instruction": "COPY", "documents": ["-----BEGIN RSA PRIVATE KEY-----"]}) == ["COPY holds a private key"]
	messages({"instruction": "ONBUILD", "trigger": "ADD", "words": ["https://me:hunter2@acme.example/server.key", "/"]}) == ["ADD puts server.key into the image, which holds secrets"]
}

test_the_list_takes_the_place_of_the_default if {
	messages({"instruction": "COPY", "words": [".env", "/"]}) == [] with data.parameters.secret_files as ["**/*.secret"]
	count(messages({"instruction": "COPY", "words": ["a.secret", "/"]})) == 1 with data.parameters.secret_files as ["**/*.secret"]
	every value in [null, false, "", "*.key", [], {}, [1]] {
		count(build_secrets.deny) == 1 with data.parameters.secret_files as value
	}
}
