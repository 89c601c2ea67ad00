package pratique.base.recent_base_test

import data.pratique.base.recent_base

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1", "container_type": "container"}

stage := object.union(api, {"ref": "golang:1.26", "container_type": "stage"})

now := time.parse_rfc3339_ns("2026-11-20T00:00:00Z")

on_alpine(_) := {"status": "found", "images": ["alpine:3.22"]}

on_nothing(_) := {"status": "absent", "reason": "it does not say"}

unavailable(_) := {"status": "unavailable", "reason": "503"}

created(moment) := {"status": "found", "document": {"created": moment}}

last_month(_) := created("2026-10-20T00:00:00Z")

last_year(_) := created("2025-10-20T00:00:00Z")

in_1970(_) := created("1970-01-01T00:00:00Z")

test_a_base_of_last_month_is_allowed if {
	count(recent_base.deny) == 0 with input.images as [api, stage]
		with image.base as on_alpine
		with image.config as last_month
		with time.now_ns as now
}

test_one_of_last_year_is_denied if {
	denied := {violation.image.ref | some violation in recent_base.deny} with input.images as [api, stage]
		with image.base as on_alpine
		with image.config as last_year
		with time.now_ns as now
	denied == {"ghcr.io/acme/api:1", "golang:1.26"}
}

test_a_base_that_is_not_known_is_denied if {
	count(recent_base.deny) == 1 with input.images as [api]
		with image.base as on_nothing
		with image.config as last_month
		with time.now_ns as now
	count(recent_base.deny) == 1 with input.images as [api]
		with image.base as on_alpine
		with image.config as on_nothing
		with time.now_ns as now
}

test_what_cannot_be_asked_for_is_not_denied_by_this if {
	count(recent_base.deny) == 0 with input.images as [api]
		with image.base as on_alpine
		with image.config as unavailable
		with time.now_ns as now
	count(recent_base.deny) == 0 with input.images as [api]
		with image.base as unavailable
		with image.config as last_month
		with time.now_ns as now
}

test_what_is_no_reference_is_denied_anyway if {
	count(recent_base.deny) == 0 with input.images as [{"ref": "A", "invalid": "upper case"}]
		with image.base as on_nothing
		with time.now_ns as now
}

test_what_is_copied_from_is_no_base if {
	count(recent_base.deny) == 0 with input.images as [object.union(api, {"container_type": "copy"})]
		with image.base as on_nothing
		with time.now_ns as now
}

test_some_do_not_say_when_they_were_made if {
	count(recent_base.deny) == 1 with input.images as [api]
		with image.base as on_alpine
		with image.config as in_1970
		with time.now_ns as now
	count(recent_base.deny) == 0 with input.images as [api]
		with image.base as on_alpine
		with image.config as in_1970
		with time.now_ns as now
		with data.parameters.undated_bases as ["alpine"]
}

test_the_age_is_a_parameter if {
	count(recent_base.deny) == 1 with input.images as [api]
		with image.base as on_alpine
		with image.config as last_month
		with time.now_ns as now
		with data.parameters.base_age as "2w"
}

test_parameters_of_another_form_deny if {
	every value in [null, false, "", "a month", {}, [1]] {
		count(recent_base.deny) == 1 with data.parameters.base_age as value
		count(recent_base.deny) == 1 with data.parameters.undated_bases as value
		count(recent_base.deny) == 2 with input.images as [api]
			with image.base as on_alpine
			with image.config as last_month
			with time.now_ns as now
			with data.parameters.base_age as value
	}
}
