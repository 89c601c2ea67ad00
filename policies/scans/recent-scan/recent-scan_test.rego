package pratique.scans.recent_scan_test

import data.pratique.scans.recent_scan

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1"}

now := time.parse_rfc3339_ns("2026-11-20T00:00:00Z")

report(moment) := {"status": "found", "document": {"created_at": moment, "vulnerabilities": []}}

of_yesterday(_, _) := report("2026-11-19T00:00:00Z")

of_last_month(_, _) := report("2026-10-19T00:00:00Z")

undated(_, _) := {"status": "found", "document": {"vulnerabilities": []}}

absent(_, _) := {"status": "absent", "reason": "there is none"}

test_a_report_of_yesterday_is_allowed if {
	count(recent_scan.require_scan) == 0 with input.images as [api]
		with scan.select as of_yesterday
		with time.now_ns as now
}

test_one_of_last_month_is_denied if {
	some violation in recent_scan.require_scan with input.images as [api]
		with scan.select as of_last_month
		with time.now_ns as now
	violation.found == "2026-10-19T00:00:00Z"
}

test_without_a_date_or_a_report_it_is_denied if {
	count(recent_scan.require_scan) == 1 with input.images as [api]
		with scan.select as undated
		with time.now_ns as now
	count(recent_scan.require_scan) == 1 with input.images as [api]
		with scan.select as absent
		with time.now_ns as now
}

test_the_age_is_a_parameter if {
	count(recent_scan.require_scan) == 0 with input.images as [api]
		with scan.select as of_last_month
		with time.now_ns as now
		with data.parameters.scan_age as "5w"
	every age in ["12h", "", "a week", "-1d", 7, null, false, [], {}] {
		count(recent_scan.require_scan) == 1 with input.images as [api]
			with scan.select as of_yesterday
			with time.now_ns as now
			with data.parameters.scan_age as age
	}
}
