# METADATA
# title: References
# description: Images under another name, and fixes that write it.
package pratique.lib.references

# The images that a rule can look at; what is no reference is denied whatever policies say.
images := [image |
	some image in input.images
	not image.invalid
]

# Those of the names, a registry or a repository each, at or below which an image lies.
above(image, names) := {name |
	some name in names
	image.matches(image, [name, sprintf("%s/**", [name])])
}

# The reference with the longest name above it replaced as `places` says; tag and digest stay.
moved(image, places) := concat("", [
	concat("/", array.concat([places[name]], below)),
	tag_of(image),
	digest_of(image),
]) if {
	[_, name] := max({[count(name), name] | some name in above(image, object.keys(places))})
	parts := array.concat([image.registry], split(image.repository, "/"))
	below := array.slice(parts, count(split(name, "/")), count(parts))
}

tag_of(image) := sprintf(":%s", [image.tag]) if image.tag_explicit

tag_of(image) := "" if not image.tag_explicit

digest_of(image) := sprintf("@%s", [image.digest]) if image.digest

digest_of(image) := "" if not image.digest

# The reference by its tag alone, whatever digest stands beside it.
tagged(image) := sprintf("%s/%s:%s", [image.registry, image.repository, image.tag])

# What to write in place of an image. A patch is given where the whole reference stands in one field.
rewrite(image, ref) := object.union({"description": sprintf("write %s", [ref])}, patch(image, ref))

patch(image, ref) := {"patch": [{"op": "replace", "path": image.path, "value": ref}]} if {
	image.container_type in {"container", "init", "ephemeral", "sidecar", "step", "service"}
	endswith(image.path, "/image")
} else := {}
