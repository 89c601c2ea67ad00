# METADATA
# title: Tags
# description: Tags that publishers move to each new build.
package pratique.lib.tags

moving := [
	"latest",
	"latest-*",
	"*-latest",
	"{stable,edge,nightly,canary,rolling,testing,unstable,next,beta,alpha}",
	"{main,master,trunk,develop,development,dev,staging,prod,production}",
	"*-{dev,snapshot,SNAPSHOT,nightly}",
]
