# METADATA
# title: Registries
# description: Lists of patterns in which a registry may stand by its name, as a preset.
package pratique.lib.registries

# What a preset needs to be told, what it takes for granted, and which repositories it then means.
presets := {
	"acr": {"needs": ["registry"], "patterns": ["{registry}.azurecr.io"]},
	"docker-hub": {"needs": ["namespace"], "patterns": ["docker.io/{namespace}/*"]},
	"docker-official": {"needs": [], "patterns": ["docker.io/library/*"]},
	"ecr": {
		"needs": ["account", "region"],
		"patterns": [
			"{account}.dkr.ecr.{region}.amazonaws.com",
			"{account}.dkr.ecr.{region}.amazonaws.com.cn",
			"{account}.dkr.ecr-fips.{region}.amazonaws.com",
			"{account}.dkr-ecr.{region}.on.aws",
		],
	},
	"ecr-public": {"needs": ["alias"], "patterns": ["public.ecr.aws/{alias}/**"]},
	"gar": {
		"needs": ["location", "project", "repository"],
		"usual": {"location": "*", "repository": "*"},
		"patterns": ["{location}-docker.pkg.dev/{project}/{repository}/**"],
	},
	"gcr": {
		"needs": ["project"],
		"patterns": [
			"gcr.io/{project}/**",
			"asia.gcr.io/{project}/**",
			"eu.gcr.io/{project}/**",
			"us.gcr.io/{project}/**",
		],
	},
	"ghcr": {"needs": ["owner"], "patterns": ["ghcr.io/{owner}/**"]},
	"harbor": {"needs": ["host", "project"], "patterns": ["{host}/{project}/**"]},
	"quay": {"needs": ["organization"], "patterns": ["quay.io/{organization}/**"]},
}

# A value stands inside one host label or path component, so it holds no wildcard, no slash and no upper case.
name_form := `^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$`

special_forms := {
	"account": `^[0-9]{12}$`,
	"host": `^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?$`,
	"location": `^[a-z0-9-]+$`,
	"region": `^[a-z0-9-]+$`,
	"registry": `^[a-z0-9-]+$`,
}

# The list with each preset replaced by its patterns. What is no preset stays as it is, and is refused where it is
# compared; so is what is no list, were it a text that could be a pattern: `none` is one.
patterns(list) := null if not is_array(list)

patterns(list) := [pattern |
	some entry in list
	some pattern in expanded(entry)
] if {
	is_array(list)
}

expanded(entry) := [pattern |
	some template in presets[entry.preset].patterns
	pattern := strings.replace_n(values, template)
] if {
	values := values_of(entry)
} else := [entry]

# What stands for each placeholder; undefined unless the entry has all that its preset needs and nothing else.
values_of(entry) := {sprintf("{%s}", [name]): value | some name, value in filled} if {
	preset := presets[entry.preset]
	given := object.remove(entry, ["preset"])
	every name, value in given {
		is_string(value)
		regex.match(object.get(special_forms, name, name_form), value)
	}
	filled := object.union(object.get(preset, "usual", {}), given)
	object.keys(filled) == {name | some name in preset.needs}
}

# The patterns of one owner in an object of lists; those of `*` where it has none of its own.
of_owner(lists, owner) := patterns(lists[owner]) if {
	is_object(lists)
} else := patterns(lists["*"])

# Whether an image is known to be public, or to be private, by a list of what is private. A set, which nobody can
# give as a parameter, stands for no list: then what is widely known to be public is public, and the rest is not.
is_public(image, private) if {
	is_set(private)
	image.matches(image, public)
}

is_public(image, private) if {
	not is_set(private)
	image.matches(image, private) == false
}

is_private(image, private) if {
	is_set(private)
	image.matches(image, public) == false
}

is_private(image, private) if {
	not is_set(private)
	image.matches(image, private)
}

# Where anybody may pull from without a password.
public := [
	"docker.io",
	"cgr.dev",
	"docker.elastic.co",
	"gcr.io",
	"*.gcr.io",
	"ghcr.io",
	"mcr.microsoft.com",
	"nvcr.io",
	"public.ecr.aws",
	"quay.io",
	"registry.access.redhat.com",
	"registry.gitlab.com",
	"registry.k8s.io",
]
