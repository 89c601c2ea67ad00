package pratique.registries.look_alikes

# What is imitated where nobody says otherwise: registries that are widely used, publishers at Docker Hub, and its
# official images.
usual := {
	"known_registries": [
		"cgr.dev", "docker.elastic.co", "docker.io", "docker.pkg.github.com", "gcr.io", "ghcr.io", "icr.io",
		"k8s.gcr.io", "lscr.io", "mcr.microsoft.com", "nvcr.io", "public.ecr.aws", "quay.io",
		"registry.access.redhat.com", "registry.gitlab.com", "registry.k8s.io", "registry.redhat.io",
		"registry.suse.com",
	],
	"known_publishers": [
		"amazon", "aquasec", "argoproj", "bitnami", "calico", "cilium", "curlimages", "datadog", "elastic",
		"envoyproxy", "fluent", "fluxcd", "gitlab", "grafana", "hashicorp", "istio", "jaegertracing",
		"jenkins", "library", "linkerd", "mariadb", "minio", "newrelic", "nginxinc", "nvidia",
		"opentelemetry", "portainer", "prom", "pytorch", "rancher", "redhat", "selenium", "sonatype",
		"tensorflow", "traefik", "ubuntu",
	],
	"known_images": [
		"adminer", "aerospike", "almalinux", "alpine", "alt", "amazoncorretto", "amazonlinux",
		"api-firewall", "arangodb", "archlinux", "azul-zulu", "backdrop", "bash", "bonita",
		"buildpack-deps", "busybox", "caddy", "cassandra", "centos", "chronograf", "cirros", "clearlinux",
		"clefos", "clickhouse", "clojure", "composer", "consul", "convertigo", "couchbase", "couchdb",
		"crate", "dart", "debian", "docker", "drupal", "eclipse-mosquitto", "eclipse-temurin", "eggdrop",
		"elasticsearch", "elixir", "emqx", "erlang", "express-gateway", "fedora", "flink", "fluentd",
		"friendica", "gazebo", "gcc", "geonetwork", "ghost", "golang", "gradle", "groovy", "haproxy",
		"haskell", "haxe", "hello-world", "hitch", "httpd", "hylang", "ibm-semeru-runtimes", "ibmjava",
		"influxdb", "irssi", "jenkins", "jetty", "jobber", "joomla", "jruby", "julia", "kapacitor",
		"kibana", "known", "kong", "krakend", "lightstreamer", "liquibase", "logstash", "mageia", "mariadb",
		"matomo", "maven", "mediawiki", "memcached", "mongo", "mongo-express", "monica", "mono", "mysql",
		"nats", "nats-streaming", "neo4j", "neurodebian", "nextcloud", "nginx", "node", "notary", "nuxeo",
		"odoo", "open-liberty", "openjdk", "opensuse", "oraclelinux", "orientdb", "percona", "perl",
		"photon", "php", "phpmyadmin", "plone", "postfixadmin", "postgres", "pypy", "python", "r-base",
		"rabbitmq", "rakudo-star", "redis", "redmine", "registry", "rethinkdb", "rocket.chat", "rockylinux",
		"ros", "ruby", "rust", "sapmachine", "satosa", "scratch", "silverpeas", "sl", "solr", "sonarqube",
		"spark", "spiped", "storm", "swift", "swipl", "teamspeak", "telegraf", "thrift", "tomcat", "tomee",
		"traefik", "ubuntu", "unit", "valkey", "varnish", "vault", "websphere-liberty", "wordpress",
		"xwiki", "yourls", "znc", "zookeeper",
	],
}
