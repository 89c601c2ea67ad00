# METADATA
# title: Tags
# description: Tags that publishers move to each new build.
package pratique.lib.tags

moving := [
	"latest",
	"{Latest,LATEST}",
	"latest{-,_,.}*",
	"*{-,_,.}latest",
	"{stable,mainline,current,lts,edge,nightly,daily,weekly,canary,rolling,preview,insiders,experimental}",
	"{testing,unstable,test,next,rc,beta,alpha,snapshot,live,head,HEAD,tip}",
	"{stable,mainline,current,lts,edge}-{alpine,slim}",
	"{main,master,trunk,develop,devel,development,dev,staging,qa,uat,prod,production}",
	"*-{dev,snapshot,Snapshot,SNAPSHOT,nightly}",
]
