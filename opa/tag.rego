# METADATA
# description: "Terms for tags: globs, `{\"semver\": range}` and `{\"regex\": expression}`."
package pratique.opa.tag

import data.pratique.opa.pattern
import data.pratique.opa.version

# The terms that a tag matches, as they are shown.
hits(text, terms, use) := [shown(term) |
	some term in listed(terms)
	fits(text, term, use)
]

listed(terms) := [terms] if is_string(terms)

listed(terms) := [terms] if is_object(terms)

listed(terms) := [term | some term in terms] if pattern.is_collection(terms)

# Whether a term can be told to match or not.
is_term(term) if {
	is_string(term)
	globs(term)
}

is_term({"semver": range}) if version.alternatives(range)

is_term({"regex": expression}) if is_expression(expression)

fits(text, term, _) if {
	is_string(term)
	some glob in globs(term)
	pattern.matches_glob(glob, text)
}

fits(text, {"semver": range}, "let-in") if version.inside(text, range)

fits(text, {"semver": range}, "keep-out") if version.touches(text, range)

fits(text, {"regex": expression}, _) if {
	is_expression(expression)
	regex.match(expression, text)
}

globs(text) := [pattern.tag_glob(part) | some part in parts] if {
	parts := pattern.alternatives(text)
	every part in parts { pattern.tag_glob(part) }
}

is_expression(text) if {
	text != ""
	count(text) <= 1024
	regex.is_valid(text)
}

shown(term) := term if is_string(term)

shown({"semver": range}) := sprintf("semver(%q)", [range])

shown({"regex": expression}) := sprintf("regex(%q)", [expression])
