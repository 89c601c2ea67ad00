# METADATA
# description: |
#   What an exported policy decides. Ask for `data.pratique.verdict`, or for a part of it; `deny` and `warn` are as
#   Conftest has them. An error of evaluation leaves a rule undefined here: let OPA stop at such errors
#   (`strict-builtin-errors`).
package pratique.verdict

import data.pratique.opa.findings
import data.pratique.opa.submission
import data.pratique.policy

# METADATA
# description: Whether every image may run; false where nothing was asked about, or it could not be read.
# entrypoint: true
default allow := false

allow if decision == "allow"

default decision := "indeterminate"

decision := "deny" if {
	some violation in standing
	not violation.indeterminate
}

decision := "allow" if {
	submission.readable
	count(policy.rules) > 0
	count(standing) == 0
}

deny contains text(violation) if some violation in standing

warn contains text(violation) if {
	some violation in violations
	violation.severity == "warning"
	violation.exempted == null
}

# The violations that are errors and are not lifted.
standing contains violation if {
	some violation in violations
	violation.severity == "error"
	violation.exempted == null
}

violations contains violation if {
	some rule in policy.rules
	rule.kind != "exempt"
	some violation in findings.violations(rule, documents[rule.name], exemptions(rule)) with input as submission.document
}

violations contains violation if {
	some image in submission.images
	violation := {
		"rule": "pratique.reference",
		"severity": "error",
		"indeterminate": false,
		"message": sprintf("image reference is not valid: %s", [image.invalid]),
		"image": image.ref,
		"exempted": null,
	}
}

# Where in what was sent something may name an image that was not looked at.
unread := submission.unread

documents := said if said := policy.documents with input as submission.document

exemptions(rule) := {exemption |
	some other in policy.rules
	other.kind == "exempt"
	other["package"] == rule["package"]
	some document in documents[other.name]
	some exemption in document
}

text(violation) := concat(": ", [part |
	some part in [violation.rule, object.get(violation, "image", ""), violation.message]
	part != ""
])
