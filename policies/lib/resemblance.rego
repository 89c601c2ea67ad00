# METADATA
# title: Resemblance
# description: Whether a name is made to be taken for another.
package pratique.lib.resemblance

# A shorter name has neighbours that mean nothing.
shortest := 4

# A shorter name has neighbours that mean nothing.
shortest := 4

# Those of the known names that a name may be taken for; none for a name that is known itself.
models(name, known) := {model |
	not name in known
	some model in known
	alike(name, model)
}

# Names are alike that differ only in signs that look alike, or in one letter: another one, one more, one less, or
# two that are swapped.
alike(name, model) if folded(name) == folded(model)

alike(name, model) if {
	count(name) == count(model)
	count(name) >= shortest
	one_slip(name, model, differences(name, model))
}

alike(name, model) if {
	count(name) - count(model) == 1
	count(model) >= shortest
	one_more(name, model)
}

alike(name, model) if {
	count(model) - count(name) == 1
	count(name) >= shortest
	one_more(model, name)
}

differences(a, b) := [i |
	some i in numbers.range(0, count(a) - 1)
	letter(a, i) != letter(b, i)
]

one_slip(_, _, [_])

one_slip(a, b, [i, j]) if {
	j == i + 1
	letter(a, i) == letter(b, j)
	letter(a, j) == letter(b, i)
}

one_more(longer, shorter) if {
	some i in numbers.range(0, count(shorter))
	concat("", [substring(longer, 0, i), substring(longer, i + 1, -1)]) == shorter
}

letter(text, i) := substring(text, i, 1)

# What an eye makes of a name: signs that look alike are one, separators none.
folded(name) := strings.replace_n(
	{"0": "o", "1": "l", "i": "l", "5": "s", "rn": "m", "vv": "w", "-": "", "_": "", ".": ""},
	lower(name),
)
