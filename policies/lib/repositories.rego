# METADATA
# description: Repositories of sources, as signatures and provenance name them.
package pratique.lib.repositories

# `https://github.com/acme/*`: the host and the owner are always written out, for anybody can own what is beside them.
pattern(text) if regex.match(`^https://[a-z0-9.-]+(:\d+)?/[\w-][\w.-]*(/[\w.*-]+)+$`, text)

host(pattern) := split(pattern, "/")[2]

# `https://github.com/acme`
owner(pattern) := concat("/", array.slice(split(pattern, "/"), 0, 4))

# `git+https://github.com/acme/api.git@refs/heads/main` as `https://github.com/acme/api`
address(uri) := trim_suffix(split(trim_prefix(uri, "git+"), "@")[0], ".git")

matches(patterns, uri) if {
	not is_ambiguous(address(uri))
	some each in patterns
	pattern(each)
	glob.match(each, ["/"], address(uri))
}

# A way up, or what stands for one, leads to another repository.
is_ambiguous(text) if regex.match(`/\.{1,2}(?:/|$)|[%?#\\]`, text)
