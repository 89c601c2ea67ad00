package pratique.scans.denied_vulnerabilities_test

import data.pratique.scans.denied_vulnerabilities

api := {"ref": "ghcr.io/acme/api:1", "registry": "ghcr.io", "repository": "acme/api", "tag": "1"}

report(vulnerabilities) := {"status": "found", "document": {"vulnerabilities": vulnerabilities}}

log4shell(_, _) := report([{"id": "GHSA-jfh8-c2jp-5v3q", "aliases": ["CVE-2021-44228"], "severity": "low"}])

other(_, _) := report([{"id": "CVE-2026-0001", "severity": "critical"}])

unreadable(_, _) := {"status": "found", "document": {}}

absent(_, _) := {"status": "absent", "reason": "there is none"}

test_what_is_not_named_is_allowed if {
	count(denied_vulnerabilities.require_scan) == 0 with input.images as [api] with scan.select as other
}

test_what_is_named_is_denied_by_any_of_its_names if {
	some violation in denied_vulnerabilities.require_scan with input.images as [api] with scan.select as log4shell
	violation.because == "it has GHSA-jfh8-c2jp-5v3q"
}

test_an_image_without_a_report_is_denied if {
	count(denied_vulnerabilities.require_scan) == 1 with input.images as [api] with scan.select as absent
	count(denied_vulnerabilities.require_scan) == 1 with input.images as [api] with scan.select as unreadable
}

test_the_list_takes_the_place_of_the_default if {
	every list in [["cve-2026-0001"], {"vulnerabilities": [{"cveID": "CVE-2026-0001", "vendorProject": "Acme"}]}] {
		count(denied_vulnerabilities.require_scan) == 1 with input.images as [api]
			with scan.select as other
			with data.parameters.denied_vulnerabilities as list
		count(denied_vulnerabilities.require_scan) == 0 with input.images as [api]
			with scan.select as log4shell
			with data.parameters.denied_vulnerabilities as list
	}
}

test_what_is_no_list_denies if {
	every value in [null, false, "", "CVE-2026-0001", [], {}, [1], {"vulnerabilities": []}, {"vulnerabilities": 1}] {
		count(denied_vulnerabilities.deny) == 1 with data.parameters.denied_vulnerabilities as value
		count(denied_vulnerabilities.require_scan) == 1 with input.images as [api]
			with scan.select as other
			with data.parameters.denied_vulnerabilities as value
	}
}
