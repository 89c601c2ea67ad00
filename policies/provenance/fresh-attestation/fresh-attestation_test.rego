package pratique.provenance.fresh_attestation_test

import data.pratique.provenance.fresh_attestation

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1"}

# Tests have the time of 2026-11-20 in all that is measured.
now := time.parse_rfc3339_ns("2026-11-20T00:00:00Z")

given := {"fresh_attestation_authorities": {"issuer": "https://ci.acme.io", "subject": "https://ci.acme.io/runners/linux"}}

signed(moment, predicate) := {
	"status": "verified",
	"count": 1,
	"statements": [{"predicate": predicate, "verification": {"signed_at": moment}}],
}

built(moment) := signed("2026-11-19T00:00:00Z", {"runDetails": {"metadata": {"finishedOn": moment}}})

built_last_week(_, _, _) := built("2026-11-13T08:00:00Z")

built_last_year(_, _, _) := built("2025-11-13T08:00:00Z")

built_tomorrow(_, _, _) := built("2026-11-21T08:00:00Z")

built_sometime(_, _, _) := built("last week")

signed_last_week(_, _, _) := signed("2026-11-13T08:00:00Z", {})

signed_last_year(_, _, _) := signed("2025-11-13T08:00:00Z", {})

signed_sometime(_, _, _) := {"status": "verified", "count": 1, "statements": [{"predicate": {}}]}

test_what_was_signed_last_week_is_allowed if {
	count(fresh_attestation.require_attestation) == 0 with input.images as [api]
		with data.parameters as given
		with attestation.verified as signed_last_week
		with time.now_ns as now
}

test_what_was_signed_last_year_is_denied if {
	count(fresh_attestation.require_attestation) == 1 with input.images as [api]
		with data.parameters as given
		with attestation.verified as signed_last_year
		with time.now_ns as now
}

test_what_nobody_knows_when_it_was_signed_is_denied if {
	count(fresh_attestation.require_attestation) == 1 with input.images as [api]
		with data.parameters as given
		with attestation.verified as signed_sometime
		with time.now_ns as now
}

test_what_was_built_last_week_is_allowed if {
	count(fresh_attestation.require_attestation) == 0 with input.images as [api]
		with data.parameters as given
		with attestation.verified as built_last_week
		with time.now_ns as now
}

test_what_was_built_last_year_is_denied if {
	some violation in fresh_attestation.require_attestation with input.images as [api]
		with data.parameters as given
		with attestation.verified as built_last_year
		with time.now_ns as now
	violation.because == "an image that was made longer than 30d ago lacks what was repaired since"
}

test_nothing_was_built_tomorrow if {
	count(fresh_attestation.require_attestation) == 1 with input.images as [api]
		with data.parameters as given
		with attestation.verified as built_tomorrow
		with time.now_ns as now
}

test_a_time_that_is_none_is_denied if {
	count(fresh_attestation.require_attestation) == 1 with input.images as [api]
		with data.parameters as given
		with attestation.verified as built_sometime
		with time.now_ns as now
}

test_the_age_is_a_parameter if {
	count(fresh_attestation.require_attestation) == 0 with input.images as [api]
		with data.parameters as object.union(given, {"fresh_attestation_age": "60w"})
		with attestation.verified as built_last_year
		with time.now_ns as now
	every age in ["24h", "6d", "", "soon", "-1d", 7, null, false, [], {}] {
		count(fresh_attestation.require_attestation) == 1 with input.images as [api]
			with data.parameters as object.union(given, {"fresh_attestation_age": age})
			with attestation.verified as built_last_week
			with time.now_ns as now
	}
}

only_scans(_, type, _) := built("2026-11-13T08:00:00Z") if type == "https://cosign.sigstore.dev/attestation/vuln/v1"

else := {"status": "absent", "reason": "there is none"}

test_the_type_is_a_parameter if {
	count(fresh_attestation.require_attestation) == 1 with input.images as [api]
		with data.parameters as given
		with attestation.verified as only_scans
		with time.now_ns as now
	type := {"fresh_attestation_type": "https://cosign.sigstore.dev/attestation/vuln/v1"}
	count(fresh_attestation.require_attestation) == 0 with input.images as [api]
		with data.parameters as object.union(given, type)
		with attestation.verified as only_scans
		with time.now_ns as now
}

test_without_authorities_every_image_is_denied if {
	count(fresh_attestation.require_attestation) == 1 with input.images as [api]
		with attestation.verified as built_last_week
		with time.now_ns as now
}

test_the_usual_predicates_say_when if {
	every predicate in [
		{"metadata": {"buildFinishedOn": "2026-11-13T08:00:00Z"}},
		{"metadata": {"scanFinishedOn": "2026-11-13T08:00:00Z"}},
		{"creationInfo": {"created": "2026-11-13T08:00:00Z"}},
		{"metadata": {"timestamp": "2026-11-13T08:00:00Z"}},
	] {
		fresh_attestation.made(predicate) == "2026-11-13T08:00:00Z"
	}
}
