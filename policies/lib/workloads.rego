# METADATA
# description: Parts of Kubernetes objects, wherever they stand in them.
package pratique.lib.workloads

# What an object is called, for the place of a violation.
location(manifest) := {"object": identity} if {
	metadata := object.get(manifest, "metadata", {})
	named := object.filter(metadata, ["name", "namespace"])
	identity := object.union(object.filter(manifest, ["apiVersion", "kind"]), named)
}

# Each entry of a list called `env`, with the path to it.
environment(manifest) := {[path, entry] |
	walk(manifest, [path, entry])
	path[count(path) - 2] == "env"
	is_string(entry.name)
}

# What has containers is a pod, or the template of one.
pods(manifest) := {pod |
	walk(manifest, [_, pod])
	is_array(pod.containers)
}

namespace(manifest) := object.get(manifest, ["metadata", "namespace"], "")
