# METADATA
# description: Forms that parameters must have.
package pratique.lib.parameters

# A list of texts with something in it.
texts(value) if {
	is_array(value)
	count(value) > 0
	every text in value {
		is_string(text)
		trim_space(text) != ""
	}
}

# A list of names: of hosts, publishers, images. A pattern is none.
names(value) if {
	texts(value)
	every name in value { regex.match(`^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$`, name) }
}

# An object from a registry or a repository to another, neither with wildcards, tag or digest.
places(value) if {
	is_object(value)
	every from, to in value {
		is_place(from)
		is_place(to)
	}
}

is_place(text) if {
	is_string(text)
	regex.match(`^[a-z0-9.-]+(?::[0-9]+)?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$`, text)
}
