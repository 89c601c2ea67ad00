# METADATA
# description: Durations as statements write them, and the age of moments.
package pratique.lib.durations

# Clocks may differ by this much: what is dated later has not been made yet.
leeway := 5 * 60000000000

day := 24 * 3600000000000

# Nanoseconds of `12h`, `30d` or `2w`; undefined of anything else.
nanoseconds(text) := time.parse_duration_ns(text) if regex.match(`^(\d+[hms])+$`, text)

nanoseconds(text) := to_number(trim_suffix(text, "d")) * day if regex.match(`^\d+d$`, text)

nanoseconds(text) := to_number(trim_suffix(text, "w")) * 7 * day if regex.match(`^\d+w$`, text)

# Whether a moment, in RFC 3339, is past and not longer ago than the duration.
within(moment, duration) if {
	age := time.now_ns() - time.parse_rfc3339_ns(moment)
	age >= 0 - leeway
	age <= nanoseconds(duration)
}
