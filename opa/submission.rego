# METADATA
# description: |
#   What rules see as input, of whatever OPA is asked with: `{"images": [...]}` with references or the objects that
#   Pratique makes, an object of Kubernetes, a list of them, an AdmissionReview, or the input of Gatekeeper.
package pratique.opa.submission

import data.pratique.opa.reference

# The input with its images as objects and its documents as a list; undefined where it holds neither.
document := object.union(given, {"images": images, "objects": objects, "context": context})

given := input if is_object(input)

given := {} if is_array(input)

default context := {}

context := input.context

# The objects are as they were sent; those of a list are taken out of it.
objects := listed if listed := input.objects

else := [root | some root in roots]

# Images that are given count as they are; those of objects are looked for otherwise.
images := [image | some each in input.images; image := image_of(each)] if {
	is_array(input.images)
} else := found_images if {
	count(roots) > 0
}

# Whether there is anything to decide upon. Who sends images that cannot be read, or none, is not let in.
readable if {
	document
	count(unread) == 0
}

image_of(text) := object.union({"ref": text}, parsed(text)) if is_string(text)

image_of(image) := image if is_object(image)

image_of(other) := {"ref": json.marshal(other), "invalid": "expected a text or an object"} if {
	not is_string(other)
	not is_object(other)
}

parsed(text) := parts if parts := reference.parse(text)

else := {"invalid": "not a reference to an image"}

# A document that is asked about, by what it is sent in.
asked := input.request.object if input.request.object

else := input.review.object if input.review.object

else := input if is_object(input)

sent := input if is_array(input)

else := [asked]

roots := [root |
	some each in sent
	some root in items_of(each)
	is_document(root)
]

items_of(object) := object.items if is_array(object.items)

else := [object]

is_document(object) if is_string(object.kind)

# Where containers stand in whatever object, and what they are then.
places := [
	{"above": "containers", "type": "container"},
	{"above": "initContainers", "type": "init"},
	{"above": "ephemeralContainers", "type": "ephemeral"},
]

found_images := [image |
	some i, root in roots
	walk(root, [path, value])
	not path[0] in {"status", "metadata"}
	image := image_at(root, i, path, value)
]

image_at(root, i, path, value) := object.union_n([
	image_of(value),
	{"object": identity(root), "container_type": type, "path": pointer(i, path)},
	details(root, path),
]) if {
	type := type_at(path)
}

type_at(path) := place.type if {
	count(path) > 2
	path[count(path) - 1] == "image"
	some place in places
	path[count(path) - 3] == place.above
	is_number(path[count(path) - 2])
}

type_at(path) := "container" if array.slice(path, count(path) - 2, count(path)) == ["container", "image"]

type_at(path) := "volume" if {
	count(path) > 3
	array.slice(path, count(path) - 2, count(path)) == ["image", "reference"]
	path[count(path) - 4] == "volumes"
}

identity(root) := object.union_n([
	object.filter(root, ["apiVersion", "kind"]),
	object.filter(object.get(root, "metadata", {}), ["name", "namespace"]),
])

pointer(i, path) := concat("/", array.concat(["", sprintf("%d", [i])], [escaped(key) | some key in path]))

escaped(key) := replace(replace(sprintf("%v", [key]), "~", "~0"), "/", "~1")

# What else a container and its pod say of the image.
details(root, path) := object.union_n([
	{"container": name | name := container.name},
	{"pull_policy": policy | policy := container.imagePullPolicy},
	{"pull_secrets": secrets | secrets := secret_names(pod); count(secrets) > 0},
]) if {
	container := object.get(root, array.slice(path, 0, count(path) - 1), {})
	pod := object.get(root, array.slice(path, 0, count(path) - 3), {})
}

secret_names(pod) := [secret.name |
	some secret in pod.imagePullSecrets
	is_string(secret.name)
	secret.name != ""
]

# Where a policy says itself in which fields images stand, objects are for the service to read.
unread contains "data.pratique.extractors" if {
	not input.images
	data.pratique.extractors
}

# Fields that look as if they held an image, in objects that this does not know how to read.
unread contains location if {
	not input.images
	some i, root in roots
	not root.kind in {"ConfigMap", "Secret"}
	walk(root, [path, value])
	not path[0] in {"status", "metadata"}
	path[count(path) - 1] == "image"
	is_string(value)
	not type_at(path)
	location := pointer(i, path)
}
