# METADATA
# description: |
#   What the documents of rules say, as violations. A violation that names an image stands for each of it; one that is
#   exempted says by what.
package pratique.opa.findings

import data.pratique.opa.submission

# The violations of one rule. `exempt` has what the exemptions of its package say.
violations(rule, documents, exempt) := {violation |
	some said in statements_of(rule, documents)
	some place in places_of(said)
	violation := object.union_n([
		{"rule": rule.name, "severity": rule.severity, "indeterminate": object.get(said, "indeterminate", false)},
		{field: text_of(value) | some field, value in object.filter(said, ["message", "because", "expected", "found"])},
		{"title": title | title := rule.title},
		object.filter(place, ["image"]),
		{"exempted": exemption(rule, place, exempt)},
	])
}

# A statement has a set of objects; where there is none, nothing was decided.
statements_of(rule, documents) := {said |
	some document in documents
	some said in document
} if {
	rule.kind == "statement"
	count(documents) > 0
}

statements_of(rule, []) := {unreadable(rule, "undefined")} if rule.kind == "statement"

statements_of(rule, documents) := {said |
	not true in documents
	said := {"message": sprintf("%s is not true", [rule.name]), "expected": "true", "found": found(documents)}
} if {
	rule.kind == "allow"
}

statements_of(rule, documents) := {said |
	some document in documents
	some item in items_of(document)
	said := said_by(rule, item)
} if {
	rule.kind in {"deny", "violation", "warn"}
}

found([]) := "undefined"

found([document]) := text_of(document)

# Undefined, false and an empty object are no violation; a set or list is as many as it has elements.
items_of(document) := [] if is_nothing(document)

items_of(document) := [item | some item in document] if {
	is_list(document)
}

items_of(document) := [document] if {
	not is_list(document)
	not is_nothing(document)
}

is_nothing(false)

is_nothing({})

is_list(document) if is_set(document)

is_list(document) if is_array(document)

said_by(rule, item) := {"message": generic(rule)} if item in {"", true}

said_by(_, item) := {"message": item} if {
	is_string(item)
	item != ""
}

said_by(rule, item) := object.union_n([
	{"message": text_of(message(rule, item))},
	object.filter(item, ["image"]),
	{"indeterminate": true | item.indeterminate == true},
]) if {
	is_object(item)
}

said_by(rule, item) := unreadable(rule, type_name(item)) if {
	not is_string(item)
	not is_object(item)
	item != true
}

message(rule, item) := generic(rule) if object.get(item, "msg", "") == ""

message(_, item) := item.msg if item.msg != ""

generic(rule) := sprintf("denied by %s", [rule.name]) if rule.severity == "error"

generic(rule) := sprintf("warned by %s", [rule.name]) if rule.severity == "warning"

unreadable(rule, found_type) := {"message": sprintf(
	"%s, which gives %s where a message was expected",
	[generic(rule), found_type],
)}

text_of(value) := value if is_string(value)

text_of(value) := json.marshal(value) if not is_string(value)

# Where a violation is: at each of the images that it names, or at none.
places_of(said) := {{"index": i, "image": submission.images[i].ref} | some i in indexes} if {
	indexes := named(said.image)
	count(indexes) > 0
} else := {{"image": said.image}} if {
	is_string(said.image)
} else := {{}}

named(i) := {i | submission.images[i]} if is_number(i)

named(text) := called(text) if is_string(text)

named(image) := {i | some i, each in submission.images; each == image} if {
	image in submission.images
} else := called(image.ref) if {
	is_object(image)
}

called(text) := {i | some i, image in submission.images; is_called(image, text)}

is_called(image, text) if image.ref == text

is_called(image, text) if image.name == text

# What lifts a violation: the exemption that lasts longest, or null.
exemption(rule, place, exempt) := {"until": longest.until, "because": longest.because} if {
	fitting := [{"moment": moment, "until": each.until, "because": each.because} |
		some each in exempt
		place.index in named(each.image)
		rule.short in each.rules
		is_string(each.because)
		moment := moment_of(each.until)
		time.now_ns() < moment
	]
	count(fitting) > 0
	last := max({each.moment | some each in fitting})
	longest := [each | some each in fitting; each.moment == last][0]
} else := null

# Nanoseconds since 1970 of a date, which is its first moment in UTC, or of an RFC 3339 time.
moment_of(text) := time.parse_rfc3339_ns(concat("", [text, "T00:00:00Z"])) if {
	regex.match(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, text)
} else := time.parse_rfc3339_ns(upper(text)) if {
	regex.match(`^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]`, text)
}
