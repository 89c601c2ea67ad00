# METADATA
# title: Gatekeeper
# description: Constraints as Gatekeeper's library reads them.
package pratique.lib.gatekeeper

# The parameters of one Constraint, or of several as a list; a Constraint may have none.
constraints(given) := [object_of(each) | some each in given] if is_array(given)

constraints(given) := [object_of(given)] if not is_array(given)

object_of(value) := {} if value == null

object_of(value) := value if value != null

# Why parameters cannot be those of a Constraint.
problems(constraint, lists) := {"the parameters of a Constraint are an object"} if not is_object(constraint)

problems(constraint, lists) := {problem | some key, list in constraint; problem := list_problem(key, list, lists)} if {
	is_object(constraint)
}

list_problem(key, _, lists) := sprintf("it has no %v", [key]) if not key in lists

list_problem(key, list, lists) := sprintf("%v is no list of texts", [key]) if {
	key in lists
	not is_texts(list)
}

is_texts(list) if {
	is_array(list)
	every text in list { is_string(text) }
}

# A list of a Constraint; empty where there is none, or none that could be read.
texts(constraint, key) := constraint[key] if {
	is_texts(constraint[key])
} else := []

# An entry is the whole reference, or with * at the end how it begins.
matches(ref, entries) if ref in entries

matches(ref, entries) if {
	some entry in entries
	endswith(entry, "*")
	startswith(ref, trim_suffix(entry, "*"))
}

not_exempt(constraint) := [image |
	some image in input.images
	not matches(image.ref, texts(constraint, "exemptImages"))
]

titles := {"init": "initContainer", "ephemeral": "ephemeralContainer"}

# The message names the container as the templates do.
violation(image, message) := {"image": image, "msg": sprintf("%s <%s> %s", [title, container, message])} if {
	title := object.get(titles, object.get(image, "container_type", ""), "container")
	container := object.get(image, "container", image.ref)
}

# The same, for the template that calls every container one.
plain_violation(image, message) := {"image": image, "msg": sprintf("container <%s> %s", [container, message])} if {
	container := object.get(image, "container", image.ref)
}
