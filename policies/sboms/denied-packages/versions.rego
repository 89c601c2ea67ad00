# METADATA
# description: Versions of packages, whatever their ecosystem, and ranges of them.
package pratique.sboms.versions

# `>=2.0 <2.17.1`: comparisons, all of which must hold.
is_range(text) if regex.match(`^(?:>=|<=|>|<|=)\s*\d+(?:\.\d+)*(?:\s+(?:>=|<=|>|<|=)\s*\d+(?:\.\d+)*)*$`, text)

# A version that cannot be read may be any.
may_lie_in(_, version) if not order(version)

may_lie_in(range, version) if {
	comparisons := regex.find_all_string_submatch_n(`(>=|<=|>|<|=)\s*([\d.]+)`, range, -1)
	every comparison in comparisons { holds(comparison[1], order(version), order(comparison[2])) }
}

holds("<", a, b) if a < b

holds("<=", a, b) if a <= b

holds(">", a, b) if a > b

holds(">=", a, b) if a >= b

holds("=", a, b) if a == b

# Five numbers, and whether it is a release: `v1.2-rc.1` as [1, 2, 0, 0, 0, 0]. An epoch before it is left out.
order(version) := array.concat(array.slice(array.concat(numbers, [0, 0, 0, 0, 0]), 0, 5), [release]) if {
	parts := regex.find_all_string_submatch_n(`^(?:\d+:)?v?(\d+(?:\.\d+)*)(.*)$`, version, 1)[0]
	numbers := [to_number(number) | some number in split(parts[1], ".")]
	release := stage(parts[2])
}

# What stands behind the numbers: `-rc.1` and `~beta` come before the release, `+build`, `-r3` and `p1` do not.
stage(rest) := 0 if {
	regex.match(`(?i)^[-._~]?(?:alpha|beta|rc|pre|dev|snapshot|m\d|a\d|b\d)`, rest)
} else := 1
