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
	"a login of a registry": `"auth"\s*:\s*"[A-Za-z0-9+/]{8,}={0,2}"`,
	"a header with credentials": `(?i)(?:^|\bauthorization:\s*)(?:basic|bearer)\s+[A-Za-z0-9+/=_.~-]{20,}`,
	"a connection string with a password": `(?i)[;?&](?:password|pwd|accountkey|sharedaccesskey)\s*=\s*[^;&\s"'$<>{(*]{4,}`,
	"a data source name with a password": `\b[\w.-]+:[^\s:@/'"$<>{(]+@(?:tcp|unix)\(`,
	"a webhook of Slack": `https://hooks\.slack\.com/services/T[0-9A-Z]+/B[0-9A-Z]+/[0-9A-Za-z]{20,}`,
	"a URL with a password": `(?i)\b[a-z][a-z0-9+.-]*://[^\s/:@'"<>]*:[^\s/@'"$<>{(][^\s/@'"<>]*@`,
}

# What a text holds, also where it is wrapped in base64; the keys that documentation makes up are none.
found(text) := {what |
	some what, shape in shapes
	some each in {text} | {plain | plain := unwrapped(text)}
	regex.match(shape, replace(each, "AKIAIOSFODNN7EXAMPLE", ""))
}

unwrapped(text) := base64.decode(text) if {
	regex.match(`^[A-Za-z0-9+/]{20,}={0,2}$`, text)
	base64.is_valid(text)
}

# What is called so is meant to be secret. What only leads to it, a file or the name of a Secret, is called otherwise.
is_secret_name(name) if {
	regex.match(`(?i)(?:^|[_.-])(?:secret|token|credentials?|(?:api|access|account|auth|encryption|private|secret|signing)[_.-]?key|secret[_.-]key[_.-]base)$`, stem(name))
	not is_no_secret(name)
}

is_secret_name(name) if is_password_name(name)

is_password_name(name) if regex.match(`(?i)(?:password|passwd|passphrase|requirepass|masterauth|(?:^|[_.-])(?:pwd?|pass))$`, stem(name))

# `clientSecret` as `client_Secret`, without what numbers it, says where it is for or how it is written.
stem(name) := regex.replace(
	regex.replace(name, `([a-z0-9])([A-Z])`, "${1}_${2}"),
	`(?i)(?:[_.-](?:b64|base64|dev|prod|production|stage|staging|test)|[_.-]?[0-9]+)+$`,
	"",
)

# Public keys, and `existingSecret` of a chart, which names one.
is_no_secret(name) if regex.match(`(?i)public|^existing`, name)

# Whether a value is the secret itself, and does not say where it is to be had.
is_literal(value) if {
	value != ""
	not regex.match(`^[*xX.]+$`, value)
	not regex.match(`^(?:[01]|true|false|yes|no|on|off|enabled|disabled|required|optional|none|null|ask|auto|env|file|prompt)$`, lower(value))
	not regex.match(`^\.{0,2}/`, value)
	not regex.match(`^(?:arn:|file:|vault:|op://|ref\+|projects/|https?://)`, value)
	not regex.match(`^\$[A-Za-z_]\w*$|\$\(|\$\{|\{\{|^<.*>$|^%.*%$`, value)
}

# Whether a name and its value tell a secret.
gives_away(name, value) if {
	is_string(name)
	is_secret_name(name)
	text := written(value)
	is_literal(text)
	not is_placeholder(name, text)
	not is_object_name(name, text)
}

# `nginx.ingress.kubernetes.io/auth-secret: basic-auth` and `--tls-secret=web/tls` name a Secret.
is_object_name(name, text) if {
	regex.match(`(?i)(?:/auth|(?:^|[_./-])(?:ca|cert|certificate|image[_.-]?pull|pull|registry|ssl|tls))[_.-]?secret$`, name)
	regex.match(`^[a-z0-9]+(?:[./-]+[a-z0-9]+)*$`, text)
}

is_object_name("secret", text) if regex.match(`^[a-z0-9]+(?:[./-]+[a-z0-9]+)+$`, text)

# A value such as `API_KEY_VALUE` is to be replaced by whoever deploys.
is_placeholder(name, text) if {
	startswith(text, name)
	regex.match(`^(?:[_-][A-Za-z_-]+)?$`, trim_prefix(text, name))
}

written(value) := value if is_string(value)

written(value) := sprintf("%v", [value]) if is_number(value)

# What commands are given: `PASSWORD=x`, `--password=x`, `--set db.password=x`, `--password x`.
assignments(text) := {[name, value] |
	some form in [
		`(?:^|[\s;&|,?"'])-{0,2}([A-Za-z_][\w.-]*)=["']?([^\s;&|,"']+)`,
		`(?:^|[\s;&|"'])--?([A-Za-z][\w.-]*)\s+["']?([^\s"'-][^\s"']*)`,
	]
	some [_, name, value] in regex.find_all_string_submatch_n(form, text, -1)
}

# What files of settings hold, line by line: `db.password=x`, `password: x`, `export PASSWORD=x`.
settings(text) := {[name, value] |
	form := `(?m)^[ \t]*(?:export[ \t]+)?["']?([A-Za-z_][\w.-]*)["']?[ \t]*[=:][ \t]*["']?([^\s"'#]+)["']?,?[ \t\r]*$`
	some [_, name, value] in regex.find_all_string_submatch_n(form, text, -1)
}
