package pratique.build.remote_add_test

import data.pratique.build.remote_add

add(words, flags) := {"instruction": "ADD", "words": words, "flags": flags, "line": 2}

dockerfile(instructions) := {
	"kind": "Dockerfile",
	"file": "Dockerfile",
	"instructions": [],
	"stages": [{"from": "alpine:3.22", "base": "image", "line": 1, "instructions": instructions}],
}

messages(instructions) := [violation.msg | some violation in remote_add.deny with input.objects as [dockerfile(instructions)]]

commit := "0123456789abcdef0123456789abcdef01234567"

test_files_of_the_context_are_allowed if {
	every source in ["app.tar.gz", "./https", "git", "dir/", "httpsd.conf"] {
		messages([add([source, "/"], [])]) == []
	}
}

test_what_is_fetched_is_denied if {
	every source in [
		"https://acme.example/app.tar.gz",
		"HTTP://acme.example/app",
		"ftp://acme.example/app",
		"https://user:secret@acme.example/app?token=x",
		"git@acme.example:web/app.git",
		"https://acme.example/web/app.git#main",
		"https://acme.example/web/app.git#main#0123456789abcdef0123456789abcdef01234567",
		"https://acme.example/web/app#0123456789abcdef0123456789abcdef01234567",
	] {
		messages([add(["x", source, "/"], [])]) == ["ADD fetches acme.example, which nothing pins: give --checksum"]
	}
}

test_a_checksum_or_a_commit_pins if {
	url := "https://acme.example/app.tar.gz"
	checksum := sprintf("sha256:%s", [concat("", [commit, substring(commit, 0, 24)])])
	messages([add([url, "/"], [{"name": "checksum", "value": checksum}])]) == []
	messages([add([sprintf("https://acme.example/web/app.git#%s", [commit]), "/"], [])]) == []
	messages([add([sprintf("git@acme.example:web/app.git#%s:dir", [commit]), "/"], [])]) == []
	every value in ["", "sha256:", "sha256:x", "$SUM"] {
		count(messages([add([url, "/"], [{"name": "checksum", "value": value}])])) == 1
	}
}

argument(value) := {"instruction": "ARG", "variables": [object.union({"name": "SRC"}, value)]}

test_a_variable_counts_as_what_it_is if {
	messages([argument({"value": "target/app.jar"}), add(["$SRC", "/"], [])]) == []
	messages([argument({"value": "https://acme.example"}), add(["${SRC}/app", "/"], [])]) == ["ADD fetches acme.example, which nothing pins: give --checksum"]
	messages([argument({}), add(["$SRC", "/"], [])]) == ["ADD from a variable without a known value, which may be a URL"]
}

test_a_variable_may_be_part_of_a_scheme if {
	every source in ["http${S}://acme.example/x", "ht$X", "x${Y}://acme.example"] {
		count(messages([add([source, "/"], [])])) == 1
	}
	every source in ["app-${VERSION}.tar.gz", "target/$JAR", "shop${X}.tar"] {
		messages([add([source, "/"], [])]) == []
	}
}

test_a_triggered_add_counts if {
	triggered := object.union(add(["https://acme.example/x", "/"], []), {"instruction": "ONBUILD", "trigger": "ADD"})
	count(messages([triggered])) == 1
	messages([object.union(triggered, {"trigger": "COPY"})]) == []
}

test_hosts_may_be_trusted if {
	fetched := [add(["https://acme.example/x", "/"], [])]
	messages(fetched) == [] with data.parameters.remote_add_hosts as ["acme.example"]
	count(messages([add(["https://acme.example.evil.example/x", "/"], [])])) == 1
		with data.parameters.remote_add_hosts as ["acme.example"]
	every value in [null, false, "", "acme.example", {}, [1]] {
		count(remote_add.deny) == 1 with data.parameters.remote_add_hosts as value
	}
}
