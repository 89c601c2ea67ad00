package pratique.build.non_root_user_test

import data.pratique.build.non_root_user

user(name, line) := {"instruction": "USER", "value": name, "line": line}

dockerfile(from, instructions) := {
	"kind": "Dockerfile",
	"file": "Dockerfile",
	"stages": [{"from": from, "base": "image", "line": 1, "instructions": instructions}],
}

messages(file) := [violation.msg | some violation in non_root_user.deny with input.objects as [file]]

test_the_last_user_counts if {
	messages(dockerfile("alpine:3.22", [user("root", 2), user("app", 3)])) == []
	messages(dockerfile("alpine:3.22", [user("app", 2), user("root", 3)])) == ["the last USER is root"]
}

test_root_has_many_names if {
	every name in ["root", "0", "00", "root:app", "0:1000", "", ":1000"] {
		messages(dockerfile("alpine:3.22", [user(name, 2)])) == ["the last USER is root"]
	}
	every name in ["1000", "app", "app:app", "10", "rooted"] {
		messages(dockerfile("alpine:3.22", [user(name, 2)])) == []
	}
}

test_a_variable_may_be_root if {
	messages(dockerfile("alpine:3.22", [user("${UID}", 2)])) == ["the last USER depends on a variable: write the user out"]
}

test_without_a_user_the_base_decides if {
	messages(dockerfile("gcr.io/distroless/static-debian13:nonroot", [])) == []
	messages(dockerfile("gcr.io/distroless/static-debian13", [])) == ["no USER is set, so the image runs as root"]
	messages(dockerfile("alpine:3.22", [])) == ["no USER is set, so the image runs as root"]
}

test_the_list_takes_the_place_of_the_default if {
	file := dockerfile("registry.acme.io/base/go:1", [])
	messages(file) == [] with data.parameters.nonroot_bases as ["registry.acme.io/base/*"]
	count(messages(dockerfile("gcr.io/distroless/static:nonroot", []))) == 1
		with data.parameters.nonroot_bases as ["registry.acme.io/base/*"]
}

test_the_place_is_told if {
	some violation in non_root_user.deny with input.objects as [dockerfile("alpine:3.22", [user("0", 7)])]
	violation.location == {"file": "Dockerfile", "line": 7}
}

test_a_list_that_is_none_denies if {
	every value in [null, false, "", "alpine", [], {}, [1]] {
		count(non_root_user.deny) == 1 with data.parameters.nonroot_bases as value
	}
	count(non_root_user.deny) == 0
}
