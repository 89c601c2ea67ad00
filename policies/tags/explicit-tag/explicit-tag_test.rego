package pratique.tags.explicit_tag_test

import data.pratique.tags.explicit_tag

nginx := {"ref": "nginx", "registry": "docker.io", "repository": "library/nginx", "tag": "latest", "tag_explicit": false}

test_no_tag_is_denied if {
	some violation in explicit_tag.deny with input.images as [nginx]
	violation.msg == "nginx is pulled as docker.io/library/nginx:latest"
}

test_a_tag_is_allowed if {
	count(explicit_tag.deny) == 0 with input.images as [object.union(nginx, {"tag_explicit": true})]
}

test_a_digest_is_allowed if {
	count(explicit_tag.deny) == 0 with input.images as [object.union(nginx, {"digest": "sha256:aa"})]
}
