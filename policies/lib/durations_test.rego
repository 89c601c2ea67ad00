package pratique.lib.durations_test

import data.pratique.lib.durations

hour := 3600000000000

test_durations if {
	durations.nanoseconds("90m") == 3 * hour / 2
	durations.nanoseconds("1h30m") == 3 * hour / 2
	durations.nanoseconds("2d") == 48 * hour
	durations.nanoseconds("2w") == 14 * 24 * hour
}

test_other_texts_are_none if {
	every text in ["", "1", "d", "-1d", "1.5d", "1y", "soon", "1d2h", null, 7] {
		not durations.nanoseconds(text)
	}
}

test_a_moment_lies_within_a_duration if {
	durations.within("2026-11-19T00:00:00Z", "1d") with time.now_ns as time.parse_rfc3339_ns("2026-11-20T00:00:00Z")
	not durations.within("2026-11-18T23:59:59Z", "1d") with time.now_ns as time.parse_rfc3339_ns("2026-11-20T00:00:00Z")
}

test_clocks_may_differ_a_little if {
	durations.within("2026-11-20T00:04:00Z", "1d") with time.now_ns as time.parse_rfc3339_ns("2026-11-20T00:00:00Z")
	not durations.within("2026-11-20T00:06:00Z", "1d") with time.now_ns as time.parse_rfc3339_ns("2026-11-20T00:00:00Z")
}
