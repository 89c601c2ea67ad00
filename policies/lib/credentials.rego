# METADATA
# description: Texts that give a secret away, by their form or by the name that they stand under. None of it repeats one.
package pratique.lib.credentials

# What the issuers of tokens have made easy to recognise.
shapes := {
	"a private key": `-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----`,
	"an access key of AWS": `\b(?:AKIA|ASIA)[A-Z2-7]{16}\b`,
	"an API key of Google": `\bAIza[0-9A-Za-z_-]{35}\b`,
	"a key of Stripe": `\b[rs]k_live_[0-9A-Za-z]{20,}`,
	"a token of Docker Hub": `\bdckr_[op]at_[0-9A-Za-z_-]{20,}`,
	"a token of GitHub": `\b(?:gh[opsur]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{50})`,
	"a token of GitLab": `\bglpat-[0-9A-Za-z_-]{20,}`,
	"a token of npm": `\bnpm_[0-9A-Za-z]{36}\b`,
	"a token of PyPI": `\bpypi-AgEIcHlwaS5vcmc[0-9A-Za-z_-]{50,}`,
	"a token of Slack": `\bxox[abeoprs]-[0-9A-Za-z-]{10,}`,
	"a token of Vault": `\bhv[bs]\.[0-9A-Za-z_-]{24,}`,
	"a JSON web token": `\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}`,
	"a URL with a password": `\b[a-z][a-z0-9+.-]*://[^\s/:@'"<>]*:[^\s/@'"$<>{(][^\s/@'"<>]*@`,
}

# What a text holds; the keys that documentation makes up are none.
found(text) := {what |
	some what, shape in shapes
	regex.match(shape, replace(text, "AKIAIOSFODNN7EXAMPLE", ""))
}

# What is called so is meant to be secret. What only leads to it, a file or the name of a Secret, is called otherwise.
is_secret_name(name) if {
	regex.match(`(?i)(?:^|[_.-])(?:secret|token|credentials?|(?:api|access|account|auth|encryption|private|secret|signing)[_.-]?key)$`, name)
	not is_public(name)
}

is_secret_name(name) if is_password_name(name)

is_password_name(name) if regex.match(`(?i)(?:password|passwd|passphrase|(?:^|[_.-])(?:pwd|pass))$`, name)

is_public(name) if regex.match(`(?i)public`, name)

# Whether a value is the secret itself, and does not say where it is to be had.
is_literal(value) if {
	value != ""
	not regex.match(`^[*xX.]+$`, value)
	not regex.match(`^(?:true|false|yes|no|none|null)$`, lower(value))
	not regex.match(`^\.{0,2}/`, value)
	not regex.match(`^(?:arn:|file:|vault:|op://|ref\+|projects/)`, value)
	not regex.match(`^\$|\$\(|\$\{|\{\{|^<.*>$|^%.*%$`, value)
}
