# METADATA
# description: |
#   Image references as containerd reads them: the short forms of the default registry are written out, `latest` is the
#   tag where neither tag nor digest is written.
package pratique.opa.reference

label := `[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?`

domain := concat("", ["(?:", label, `(?:\.`, label, `)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?`])

component := `[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*`

tag := `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`

digest := `sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}`

whole := concat("", ["^(?:(", domain, ")/)?(", component, "(?:/", component, ")*)(?::(", tag, "))?(?:@(", digest, "))?$"])

# What names no repository: IDs of images, and how they begin.
local_image := `^(?:[a-f0-9]{64}|sha(?:256|384|512):[0-9a-f]+)$`

# The parts of a reference; undefined of a text that is none.
parse(text) := object.union_n([
	{
		"ref": text,
		"name": pulled(name, tag_given, digest_given),
		"registry": registry,
		"repository": repository,
		"tag_explicit": tag_given != "",
	},
	{"tag": tag_pulled | some tag_pulled in tags(tag_given, digest_given)},
	{"digest": digest_given | digest_given != ""},
]) if {
	count(text) <= 1024
	not regex.match(local_image, text)
	[_, registry, repository, tag_given, digest_given] := regex.find_all_string_submatch_n(whole, normalized(text), 1)[0]
	count(repository) <= 255
	name := concat("/", [part | some part in [registry, repository]; part != ""])
}

pulled(name, _, digest_given) := concat("@", [name, digest_given]) if digest_given != ""

pulled(name, tag_given, "") := concat(":", [name, tags(tag_given, "")[0]])

tags(tag_given, digest_given) := [tag_given] if {
	tag_given != ""
} else := ["latest"] if {
	digest_given == ""
} else := []

normalized(text) := concat("", ["docker.io/library/", text]) if {
	not contains(text, "/")
} else := concat("/", [registry, official(registry, rest)]) if {
	first := split(text, "/")[0]
	is_registry(first)
	registry := default_host(first)
	rest := substring(text, count(first) + 1, -1)
} else := concat("/", ["docker.io", text])

default_host(host) := "docker.io" if {
	host == "index.docker.io"
} else := host

# Repositories of the default registry without a namespace stand below library/.
official(registry, path) := concat("/", ["library", path]) if {
	registry == "docker.io"
	not contains(path, "/")
} else := path

is_registry("localhost")

is_registry(text) if regex.match(`[.:A-Z]`, text)
