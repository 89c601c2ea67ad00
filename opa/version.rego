# METADATA
# description: |
#   Versions as semver.org 2.0.0 has them, and ranges of them as npm writes them. A version is a text here, without a
#   leading `v`.
package pratique.opa.version

# Whether a tag is a version in the range. A pre-release is only where the range names one of the same version.
inside(tag, range) if {
	version := parse(tag)
	some comparators in alternatives(range)
	every comparator in comparators { holds(comparator, version) }
	may_be_prerelease(version, comparators)
}

# Whether a version that a tag may be lies in the range, by precedence alone: for what must be kept out.
touches(tag, range) if {
	span := span_of(tag)
	some comparators in alternatives(range)
	widened := [widen(comparator) | some comparator in comparators]
	candidates := {span.first} | bounds_and_next(widened)
	some candidate in candidates
	in_span(candidate, span)
	every comparator in widened { holds(comparator, candidate) }
}

bounds_and_next(comparators) := {version |
	some comparator in comparators
	some version in [comparator.version, next(comparator.version)]
}

may_be_prerelease(version, _) if not contains(version, "-")

may_be_prerelease(version, comparators) if {
	some comparator in comparators
	contains(comparator.version, "-")
	core(comparator.version) == core(version)
}

core(version) := split(version, "-")[0]

holds({"operator": "<", "version": bound, "partial": _}, version) if semver.compare(version, bound) < 0

holds({"operator": "<=", "version": bound, "partial": _}, version) if semver.compare(version, bound) <= 0

holds({"operator": ">", "version": bound, "partial": _}, version) if semver.compare(version, bound) > 0

holds({"operator": ">=", "version": bound, "partial": _}, version) if semver.compare(version, bound) >= 0

holds({"operator": "=", "version": bound, "partial": _}, version) if semver.compare(version, bound) == 0

# Where not all numbers of a bound are written, its pre-releases are meant too.
widen(comparator) := object.union(comparator, {"version": lowest(comparator.version)}) if {
	comparator.partial
	comparator.operator == ">="
} else := comparator

lowest(version) := concat("", [core(version), "-0"])

# The version that follows in the order of precedence.
next(version) := concat("", [version, ".0"]) if contains(version, "-")

next(version) := sprintf("%d.%d.%d-0", [major, minor, patch + 1]) if {
	not contains(version, "-")
	[major, minor, patch] := [to_number(part) | some part in split(version, ".")]
}

parse(text) := trim_prefix(text, "v") if {
	number := `(?:0|[1-9][0-9]{0,14})`
	shape := concat("", ["^v?", number, `\.`, number, `\.`, number, `(?:-([0-9A-Za-z.-]+))?$`])
	[_, prerelease] := regex.find_all_string_submatch_n(shape, text, 1)[0]
	is_prerelease(prerelease)
}

is_prerelease("")

is_prerelease(text) if {
	every part in split(text, ".") {
		part != ""
		not regex.match(`^0[0-9]+$`, part)
	}
}

# What a tag that begins as a version does may be a version of.
span_of(tag) := {"first": version, "end": ""} if version := parse(tag)

else := {"first": lowest(padded(numbers)), "end": lowest(after(numbers, count(numbers) - 1))} if {
	shape := `^[vV]?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:[^0-9A-Za-z]|$)`
	[_, major, minor, patch] := regex.find_all_string_submatch_n(shape, tag, 1)[0]
	numbers := [number(part) | some part in [major, minor, patch]; part != ""]
}

in_span(version, span) if version == span.first

in_span(version, span) if {
	span.end != ""
	semver.compare(version, span.first) > 0
	semver.compare(version, span.end) < 0
}

# No bound has more digits: what is beyond all of them is as good as equal.
number(digits) := min({to_number(regex.replace(digits, `^0+([0-9])`, "$1")), 1000000000000000})

padded(numbers) := sprintf("%d.%d.%d", array.slice(array.concat(numbers, [0, 0, 0]), 0, 3))

# The first version in which the number at a place is one more.
after(numbers, place) := padded(array.concat(array.slice(numbers, 0, place), [numbers[place] + 1])) if place >= 0

# A range as lists of comparators, one of which must hold as a whole; undefined of a text that is none.
alternatives(range) := [comparators_of(words(text)) | some text in texts] if {
	count(range) <= 256
	trim_space(range) != ""
	texts := split(range, "||")
	every text in texts { comparators_of(words(text)) }
}

words(text) := regex.split(`\s+`, trim_space(text))

comparators_of(list) := array.concat(comparators(">=", list[0]), comparators("<=", list[2])) if {
	count(list) == 3
	list[1] == "-"
} else := [comparator | some [operator, text] in pairs(list); some comparator in comparators(operator, text)] if {
	count(pairs(list)) > 0
	every pair in pairs(list) { comparators(pair[0], pair[1]) }
}

# An operator with what it is written before; it may be a word of its own.
pairs(list) := [[operator, text] |
	some i, word in list
	not is_operator(word_at(list, i - 1))
	[_, operator, attached] := regex.find_all_string_submatch_n(`^(<=|>=|<|>|=|\^|~|)((?s:.*))$`, word, 1)[0]
	text := operand(attached, word_at(list, i + 1))
]

word_at(list, i) := word if word := list[i]

else := ""

operand("", following) := following

operand(attached, _) := attached if attached != ""

is_operator(word) if word in {"<=", ">=", "<", ">", "=", "^", "~"}

comparators(operator, text) := [object.union(bound, {"partial": count(partial.numbers) < 3}) | some bound in found] if {
	partial := partial_of(text)
	found := bounds(operator, partial, first_of(partial))
}

partial_of(text) := {"numbers": numbers, "prerelease": prerelease} if {
	part := `([0-9]{1,15}|[xX*])`
	shape := concat("", ["^v?", part, `(?:\.`, part, `(?:\.`, part, `(?:-([0-9A-Za-z.-]+))?)?)?$`])
	[_, major, minor, patch, prerelease] := regex.find_all_string_submatch_n(shape, text, 1)[0]
	written := [major, minor, patch]
	others := [i | some i, each in written; not is_number_text(each)]
	open := min(array.concat(others, [3]))
	every i, each in written { is_before(i, open, each) }
	numbers := [number(each) | some each in array.slice(written, 0, open)]
	may_have_prerelease(prerelease, open)
}

is_number_text(text) if regex.match(`^[0-9]+$`, text)

# Behind the first number that is left open, none is written.
is_before(i, open, _) if i < open

is_before(i, open, text) if {
	i >= open
	not is_number_text(text)
}

may_have_prerelease("", _)

may_have_prerelease(prerelease, 3) if is_prerelease(prerelease)

first_of({"numbers": numbers, "prerelease": ""}) := padded(numbers)

first_of({"numbers": numbers, "prerelease": prerelease}) := concat("-", [padded(numbers), prerelease]) if prerelease != ""

bounds("^", partial, first) := from_to(first, partial.numbers, caret_place(partial.numbers))

bounds("~", partial, first) := from_to(first, partial.numbers, min({1, count(partial.numbers) - 1}))

bounds(operator, partial, first) := [{"operator": "=", "version": first}] if {
	operator in {"", "="}
	count(partial.numbers) == 3
}

bounds(operator, partial, first) := from_to(first, partial.numbers, count(partial.numbers) - 1) if {
	operator in {"", "="}
	count(partial.numbers) < 3
}

bounds(operator, partial, first) := [{"operator": operator, "version": first}] if {
	operator in {"<", "<=", ">"}
	count(partial.numbers) == 3
}

bounds(">=", _, first) := [{"operator": ">=", "version": first}]

bounds("<", partial, first) := [{"operator": "<", "version": lowest(first)}] if count(partial.numbers) < 3

bounds("<=", partial, _) := [{"operator": "<", "version": lowest(end)}] if {
	count(partial.numbers) < 3
	end := after(partial.numbers, count(partial.numbers) - 1)
}

bounds("<=", {"numbers": [], "prerelease": _}, _) := [{"operator": ">=", "version": "0.0.0"}]

bounds(">", partial, _) := [{"operator": ">=", "version": end}] if {
	count(partial.numbers) < 3
	end := after(partial.numbers, count(partial.numbers) - 1)
}

bounds(">", {"numbers": [], "prerelease": _}, _) := [{"operator": "<", "version": "0.0.0-0"}]

# From the first up to, without, the end and its pre-releases.
from_to(first, numbers, place) := [
	{"operator": ">=", "version": first},
	{"operator": "<", "version": lowest(after(numbers, place))},
] if place >= 0

from_to(first, _, -1) := [{"operator": ">=", "version": first}]

# The number that `^` keeps: the first that is not zero, or the last that is written.
caret_place(numbers) := min(places) if {
	places := {i | some i, each in numbers; each != 0}
	places != set()
} else := count(numbers) - 1
