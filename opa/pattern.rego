# METADATA
# description: |
#   Patterns of images: `*` and `?` stay inside a component, `**` crosses them, `{a,b}` is a choice. Inside this package
#   `#`, which no pattern holds, stands for `**`.
package pratique.opa.pattern

import data.pratique.opa.reference

# The first of the patterns that an image matches, as a list that is empty where there is none; undefined where the
# image is none, or the patterns are no list of texts.
hits(image, patterns) := [text |
	some text in listed(patterns)
	some form in forms(text)
	fits(form, image)
]

# One text, or a list or set of texts.
listed(patterns) := [patterns] if is_string(patterns)

listed(patterns) := [text | some text in patterns] if {
	is_collection(patterns)
	every text in patterns { is_string(text) }
}

is_collection(value) if is_array(value)

is_collection(value) if is_set(value)

# What a pattern stands for, a name, a tag and a digest each; undefined of a text that is no pattern.
forms(text) := [form | some part in parts; some form in with_default_port(form_of(part))] if {
	parts := alternatives(text)
	every part in parts { form_of(part) }
}

# The texts that a text with choices stands for.
alternatives(text) := expanded if {
	text != ""
	count(text) <= 1024
	not contains(text, "://")
	regex.match(`^[A-Za-z0-9._\-/:@*?{},+\[\]]+$`, text)
	expanded := without_choices([regex.replace(text, `\*\*+`, "#")])
	count(expanded) <= 1000
	every part in expanded { not regex.match(`[{}]`, part) }
}

# One choice is taken apart at a time, the innermost first. Ten of them side by side stand for more than 1,000 texts.
without_choices(texts) := choose(choose(choose(choose(choose(choose(choose(choose(choose(choose(texts))))))))))

choose(texts) := [part | some text in texts; some part in choice(text)] if count(texts) <= 1000

choose(texts) := texts if count(texts) > 1000

choice(text) := [concat("", [before, alternative, after]) | some alternative in split(between, ",")] if {
	[_, before, between, after] := regex.find_all_string_submatch_n(`^([^{}]*(?:\{[^{}]*)*)\{([^{}]*)\}(.*)$`, text, 1)[0]
} else := [text]

form_of(text) := {"name": name, "tag": tag_of(named), "digest": digest_of(text)} if {
	named := split(text, "@")[0]
	name := name_of(named)
	tag_of(named)
	digest_of(text)
}

digest_of(text) := "" if not contains(text, "@")

digest_of(text) := digest if {
	contains(text, "@")
	digest := replace(substring(text, indexof(text, "@") + 1, -1), "#", "*")
	regex.match(concat("", [`^(?:`, reference.digest, `|[a-z0-9+._:*?-]*[*?][a-z0-9+._:*?-]*)$`]), digest)
}

tag_of(named) := "" if is_registry_alone(named)

tag_of(named) := "" if {
	not is_registry_alone(named)
	not contains(last_component(named), ":")
}

tag_of(named) := tag_glob(substring(last, indexof(last, ":") + 1, -1)) if {
	not is_registry_alone(named)
	last := last_component(named)
	contains(last, ":")
}

# A tag, or a glob of tags; undefined of anything else.
tag_glob(text) := tag if {
	tag := replace(text, "#", "*")
	regex.match(concat("", [`^(?:`, reference.tag, `|[A-Za-z0-9_.*?-]*[*?][A-Za-z0-9_.*?-]*)$`]), tag)
}

name_of(named) := concat("", [registry_of(named), "/#"]) if is_registry_alone(named)

name_of(named) := full_name(without_tag(named)) if not is_registry_alone(named)

without_tag(named) := named if not contains(last_component(named), ":")

without_tag(named) := substring(named, 0, start + indexof(last, ":")) if {
	last := last_component(named)
	contains(last, ":")
	start := count(named) - count(last)
}

last_component(named) := parts[count(parts) - 1] if parts := split(named, "/")

# A registry covers all below it.
is_registry_alone(named) if {
	not contains(named, "/")
	head := split(named, ":")[0]
	regex.match(`^localhost$|\.|^\[`, head)
}

full_name("#") := "#"

full_name(name) := official("docker.io", path_of(name)) if {
	name != "#"
	not contains(name, "/")
	name != "*"
}

full_name(name) := concat("/", ["#", path_of(rest_of(name))]) if {
	contains(name, "/")
	split(name, "/")[0] == "#"
}

full_name(name) := official(registry_of(first), path_of(rest_of(name))) if {
	contains(name, "/")
	first := split(name, "/")[0]
	regex.match(`^localhost$|[.:]`, first)
}

full_name(name) := concat("/", ["docker.io", path_of(covering(name))]) if {
	contains(name, "/")
	first := split(name, "/")[0]
	not first in {"*", "#", "localhost"}
	not regex.match(`[.:]`, first)
}

rest_of(name) := substring(covering(name), indexof(name, "/") + 1, -1)

# What ends in `/` covers all below it.
covering(name) := concat("", [name, "#"]) if endswith(name, "/")

else := name

official(registry, path) := concat("/", [registry, "library", path]) if {
	registry == "docker.io"
	not contains(path, "/")
	not startswith(path, "#")
} else := concat("/", [registry, path])

path_of(path) := path if {
	every part in split(path, "/") {
		regex.match(concat("", [`^(?:`, reference.component, `|[a-z0-9._*?#-]*[*?#][a-z0-9._*?#-]*)$`]), part)
	}
}

registry_of(text) := canonical_registry(text) if {
	not regex.match(`[*?#]`, text)
	regex.match(concat("", [`^(?:`, reference.domain, `)$`]), text)
}

registry_of(text) := plain_registry(text) if {
	regex.match(`[*?]`, text)
	regex.match(`^[a-z0-9.*?-]+(?::[0-9*?]+)?$`, lower(text))
}

default_hosts := {"docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"}

# The registry as patterns compare it: one name for each, without the port of HTTPS.
canonical_registry(registry) := "docker.io" if plain_registry(registry) in default_hosts

else := plain_registry(registry)

plain_registry(registry) := concat(":", [part | some part in [host, port]; part != "443"]) if {
	[_, host, port] := regex.find_all_string_submatch_n(`^(.*):0*([0-9]+)$`, lower(registry), 1)[0]
} else := lower(registry)

# A glob of ports that stands for that of HTTPS among others means registries without a port too.
with_default_port(form) := [form, object.union(form, {"name": concat("", [host, rest])})] if {
	[_, host, port, rest] := regex.find_all_string_submatch_n(`^([^/:\[]*):([0-9*?]*[*?][0-9*?]*)(/.*)$`, form.name, 1)[0]
	matches_glob(port, "443")
} else := [form]

fits(form, image) if {
	some name in names(image)
	matches_glob(form.name, name)
	fits_digest(form.digest, image)
	fits_tag(form, image)
}

fits_digest("", _)

fits_digest(glob, image) if matches_glob(glob, image.digest)

fits_tag(form, _) if form.tag == ""

# Where a digest is written it decides, and a tag alone says nothing.
fits_tag(form, image) if {
	form.digest != ""
	matches_glob(form.tag, image.tag)
}

fits_tag(form, image) if {
	not image.digest
	matches_glob(form.tag, image.tag)
}

# The name under the one host that stands for its registry, and under the host that is written.
names(image) := [
	concat("/", [canonical, reference.official(canonical, image.repository)]),
	concat("/", [plain_registry(image.registry), image.repository]),
] if {
	canonical := canonical_registry(image.registry)
}

matches_glob(glob, text) if regex.match(concat("", ["^(?s:", concat("", steps(glob)), ")$"]), text)

# `**` between slashes is any number of whole components.
steps(glob) := [step |
	parts := split(glob, "/")
	end := count(parts) - 1
	some i, part in parts
	step := step_of(part, i == end)
]

step_of("#", false) := "(?:.*/)?"

step_of(part, true) := expression(part)

step_of(part, false) := concat("", [expression(part), "/"]) if part != "#"

expression(part) := strings.replace_n(
	{".": `\.`, "+": `\+`, "[": `\[`, "]": `\]`, "*": "[^/]*", "?": "[^/]", "#": ".*"},
	part,
)
