# METADATA
# description: Vulnerability reports as statements look at them.
package pratique.lib.scans

# Without what the organisation ignores.
report(subject) := scan.select(subject, {"ignored": ignored}).document

default ignored := []

ignored := data.parameters.ignored_vulnerabilities
