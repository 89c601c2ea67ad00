package pratique.build.multi_stage_test

import data.pratique.build.multi_stage

stage(from, commands) := {"from": from, "base": "image", "line": 1, "instructions": [instruction |
	some i, command in commands
	instruction := {"instruction": "RUN", "value": command, "line": i + 2}
]}

dockerfile(stages) := {"kind": "Dockerfile", "file": "Dockerfile", "stages": stages}

lines(stages) := [violation.location.line | some violation in multi_stage.deny with input.objects as [dockerfile(stages)]]

test_what_an_earlier_stage_compiles_is_allowed if {
	lines([stage("golang:1.26", ["go build"]), stage("alpine:3.22", ["apk add ca-certificates"])]) == []
}

test_a_base_with_a_compiler_is_denied if {
	every from in [
		"golang:1.26",
		"rust",
		"maven:3-eclipse-temurin-25",
		"mcr.microsoft.com/dotnet/sdk:10.0",
		"eclipse-temurin:25-jdk-alpine",
		"mirror.acme.io/library/golang:1.26",
	] {
		lines([stage(from, [])]) == [1]
	}
	every from in ["mcr.microsoft.com/dotnet/aspnet:10.0", "eclipse-temurin:25-jre", "golangci/golangci-lint"] {
		lines([stage(from, [])]) == []
	}
}

test_compiling_in_the_last_stage_is_denied if {
	every command in ["apk add go && go build -o /api .", "./mvnw -q package", "gcc -o x x.c", "cargo build --release"] {
		lines([stage("alpine:3.22", ["true", command])]) == [3]
	}
	every command in ["npm run build", "echo go", "pip install build"] {
		lines([stage("alpine:3.22", [command])]) == []
	}
}

test_a_script_in_a_here_document_counts if {
	script := {"instruction": "RUN", "value": "<<EOF", "documents": ["set -e\ngo build ."], "line": 4}
	lines([object.union(stage("alpine:3.22", []), {"instructions": [script]})]) == [4]
}

test_scratch_has_no_compiler if {
	lines([object.union(stage("scratch", []), {"base": "scratch"})]) == []
}

test_the_lists_take_the_place_of_the_defaults if {
	given := {"compiler_images": ["registry.acme.io/build/*"], "compile_commands": [`\bmake\b`]}
	lines([stage("golang:1.26", ["go build"])]) == [] with data.parameters as given
	lines([stage("registry.acme.io/build/c:1", [])]) == [1] with data.parameters as given
	lines([stage("alpine:3.22", ["make"])]) == [2] with data.parameters as given
}

test_lists_that_are_none_deny if {
	every value in [null, false, "", "golang", [], {}, [1]] {
		count(multi_stage.deny) == 1 with data.parameters.compiler_images as value
		count(multi_stage.deny) == 1 with data.parameters.compile_commands as value
	}
	count(multi_stage.deny) == 1 with data.parameters.compile_commands as ["("]
	count(multi_stage.deny) == 0
}
