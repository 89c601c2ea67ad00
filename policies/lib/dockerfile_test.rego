package pratique.lib.dockerfile_test

import data.pratique.lib.dockerfile

stage(name, from, base, instructions) := {"name": name, "from": from, "base": base, "instructions": instructions}

file := {
	"kind": "Dockerfile",
	"file": "Dockerfile",
	"instructions": [{"instruction": "ARG"}],
	"stages": [
		stage("Tools", "golang:1.26", "image", [{"instruction": "RUN", "value": "1"}]),
		stage("base", "alpine:3.22", "image", [{"instruction": "USER", "value": "1"}]),
		stage("other", "tools", "stage", []),
		stage("base", "debian:13", "image", []),
		stage("app", "BASE", "stage", [{"instruction": "ONBUILD", "trigger": "COPY"}]),
	],
}

test_the_image_is_built_on_the_first_stage_of_the_name if {
	dockerfile.lineage(file) == [1, 4]
	dockerfile.base(file).from == "alpine:3.22"
}

test_what_is_shipped_comes_in_order if {
	[dockerfile.command(instruction) | some instruction in dockerfile.shipped(file)] == ["USER", "COPY"]
}

test_all_instructions if {
	count(dockerfile.instructions(file)) == 4
}

test_only_dockerfiles_are_dockerfiles if {
	dockerfile.files == [file] with input.objects as [{"kind": "Pod"}, file, {"kind": "Dockerfile", "spec": {}}, 1]
}

test_a_location_names_file_and_line if {
	dockerfile.location(file, 3) == {"file": "Dockerfile", "line": 3}
}

test_what_is_no_reference_is_no_image if {
	dockerfile.is_image(stage("a", "alpine:3.22", "image", []))
	not dockerfile.is_image(stage("a", "scratch", "scratch", []))
	not dockerfile.is_image({"from": "$X", "base": "image", "invalid": "a variable"})
}
