# METADATA
# description: |
#   The functions that image statements call, in plain Rego. Where a pattern of a list is none and no other matches,
#   nothing can be said: that is undefined, so that neither a list of what is allowed nor one of what is denied lets an
#   image pass for a slip of the pen.
package pratique.opa.image

import data.pratique.opa.pattern
import data.pratique.opa.reference
import data.pratique.opa.tag

parse(ref) := reference.parse(ref)

matched(image, patterns) := pattern.hits(subject(image), patterns)[0]

matches(image, patterns) if matched(image, patterns)

else := false if {
	pattern.hits(subject(image), patterns) == []
	every text in pattern.listed(patterns) { pattern.forms(text) }
}

tag_matched(image, tags) := pulled_by(image, tags, "let-in")[0]

tag_matches(image, tags) := decided(image, tags, "let-in")

tag_excluded_by(image, tags) := pulled_by(image, tags, "keep-out")[0]

tag_excluded(image, tags) := decided(image, tags, "keep-out")

decided(image, tags, use) if count(pulled_by(image, tags, use)) > 0

else := false if {
	pulled_by(image, tags, use) == []
	every term in tag.listed(tags) { tag.is_term(term) }
} else := false if {
	not is_pulled_by_tag(subject(image))
	tag.listed(tags)
}

# Where a digest is written it is the digest by which the image is pulled: no tag matches.
pulled_by(image, tags, use) := tag.hits(parsed.tag, tags, use) if {
	parsed := subject(image)
	is_pulled_by_tag(parsed)
}

is_pulled_by_tag(image) if {
	image.tag
	not image.digest
}

# Of an image object the reference alone is read: fields that contradict it cannot mislead.
subject(image) := reference.parse(image) if is_string(image)

subject(image) := reference.parse(object.get(image, "ref", object.get(image, "name", ""))) if is_object(image)
