# METADATA
# title: Resemblance
# description: Whether a name is made to be taken for another.
package pratique.lib.resemblance

# A shorter name has neighbours that mean nothing.
shortest := 4

# A shorter name has neighbours that mean nothing.
shortest := 4

# Those of the known names that a name may be taken for; none for a name that is known itself.
models(name, known) := set() if name in known

models(name, known) := same | near if {
	not name in known
	same := object.keys(object.get(by_look(known), folded(name), {}))
	near := {model |
		some length in [count(name) - 1, count(name), count(name) + 1]
		some model, _ in by_length(known)[length]
		is_one_slip_from(name, model)
	}
}

# Made once for a list.
by_look(known) := object.union_n([{folded(model): {model: true}} | some model in known])

by_length(known) := object.union_n([{count(model): {model: true}} | some model in known])

# Another letter, one more, one less, or two that are swapped.
is_one_slip_from(name, model) if {
	least := min([count(name), count(model)])
	least >= shortest
	shares_an_end(name, model, floor((least - 1) / 2))
	one_slip(name, model)
}

# A slip leaves one half as it is: this rules out most names quickly.
shares_an_end(name, model, length) if startswith(model, substring(name, 0, length))

shares_an_end(name, model, length) if endswith(model, substring(name, count(name) - length, -1))

one_slip(name, model) if {
	count(name) == count(model)
	changed_or_swapped(name, model, differences(name, model))
}

one_slip(name, model) if one_more(name, model)

one_slip(name, model) if one_more(model, name)

differences(a, b) := [i |
	some i in numbers.range(0, count(a) - 1)
	letter(a, i) != letter(b, i)
]

changed_or_swapped(_, _, [_])

changed_or_swapped(a, b, [i, j]) if {
	j == i + 1
	letter(a, i) == letter(b, j)
	letter(a, j) == letter(b, i)
}

one_more(longer, shorter) if {
	count(longer) == count(shorter) + 1
	some i in numbers.range(0, count(shorter))
	concat("", [substring(longer, 0, i), substring(longer, i + 1, -1)]) == shorter
}

letter(text, i) := substring(text, i, 1)

# What an eye makes of a name: signs that look alike are one, separators none.
folded(name) := strings.replace_n(
	{"0": "o", "1": "l", "i": "l", "5": "s", "rn": "m", "vv": "w", "-": "", "_": "", ".": ""},
	lower(name),
)
