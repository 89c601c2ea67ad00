# METADATA
# description: Dockerfiles among the objects, and what of them becomes part of the image.
package pratique.lib.dockerfile

files := [object | some object in input.objects; object.kind == "Dockerfile"; is_array(object.stages)]

# The stages that the last one is built on, by their index, itself and all of them in their order.
lineage(file) := sort(graph.reachable(parents(file), {count(file.stages) - 1}))

# Of several stages with one name the first is meant, and it must stand before.
parents(file) := {i: parent |
	some i, stage in file.stages
	parent := [min(earlier) |
		stage.base == "stage"
		earlier := {j |
			some j, other in file.stages
			j < i
			lower(other.name) == lower(stage.from)
		}
	]
}

# The stage whose FROM is the base of the image.
base(file) := file.stages[lineage(file)[0]]

# Whether it is built on an image; what is no reference is denied by itself.
is_image(stage) if {
	stage.base == "image"
	not stage.invalid
}

# The instructions that the image is made by, those of its base stages first.
shipped(file) := [instruction |
	some i in lineage(file)
	some instruction in file.stages[i].instructions
]

# All of them, those before the first stage too.
instructions(file) := array.concat(file.instructions, [instruction |
	some stage in file.stages
	some instruction in stage.instructions
])

# What an instruction is, or is to be once it is triggered.
command(instruction) := object.get(instruction, "trigger", instruction.instruction)

# A source that begins with a variable, with the value that the file gives it; as it is where it gives none or several.
filled_in(file, source) := concat("", [value, rest]) if {
	[_, name, rest] := regex.find_all_string_submatch_n(`^\$\{?(\w+)\}?(.*)$`, source, 1)[0]
	values := {variable.value |
		some instruction in instructions(file)
		some variable in instruction.variables
		variable.name == name
	}
	[value] := [each | some each in values]
} else := source

location(file, line) := {"file": file.file, "line": line}
