# METADATA
# description: Forms that parameters must have.
package pratique.lib.parameters

# A list of texts with something in it.
texts(value) if {
	is_array(value)
	count(value) > 0
	every text in value {
		is_string(text)
		text != ""
	}
}
