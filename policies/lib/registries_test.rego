package pratique.lib.registries_test

import data.pratique.lib.registries

test_a_preset_stands_for_its_patterns[note] if {
	some note, case in {
		"acr": {"entry": {"registry": "acme"}, "image": "acme.azurecr.io/web/api:1"},
		"docker-hub": {"entry": {"namespace": "acme"}, "image": "acme/api:1"},
		"docker-official": {"entry": {}, "image": "nginx:1"},
		"ecr": {
			"entry": {"account": "123456789012", "region": "eu-west-1"},
			"image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web/api:1",
		},
		"ecr-public": {"entry": {"alias": "acme"}, "image": "public.ecr.aws/acme/api:1"},
		"gar": {
			"entry": {"location": "europe-west4", "project": "acme-prod", "repository": "web"},
			"image": "europe-west4-docker.pkg.dev/acme-prod/web/api:1",
		},
		"gcr": {"entry": {"project": "acme-prod"}, "image": "eu.gcr.io/acme-prod/web/api:1"},
		"ghcr": {"entry": {"owner": "acme"}, "image": "ghcr.io/acme/web/api:1"},
		"harbor": {"entry": {"host": "harbor.acme.io:8443", "project": "web"}, "image": "harbor.acme.io:8443/web/api:1"},
		"quay": {"entry": {"organization": "acme"}, "image": "quay.io/acme/api:1"},
	}
	patterns := registries.patterns([object.union({"preset": note}, case.entry)])
	image.matches(case.image, patterns)
	not image.matches("ghcr.io/acme-evil/api:1", patterns)
}

test_every_preset_is_tried if {
	names := {name | some name, _ in test_a_preset_stands_for_its_patterns}
	names == object.keys(registries.presets)
}

test_ecr_has_several_hosts if {
	every region, ref in {
		"eu-west-1": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api",
		"cn-north-1": "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/api",
		"us-east-1": "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/api",
		"us-east-2": "123456789012.dkr-ecr.us-east-2.on.aws/api",
	} {
		patterns := registries.patterns([{"preset": "ecr", "account": "123456789012", "region": region}])
		image.matches(ref, patterns)
		not image.matches(replace(ref, "123456789012", "210987654321"), patterns)
		not image.matches(replace(ref, region, "s3.eu-west-2"), patterns)
		not image.matches(replace(ref, "/", ".evil.example/"), patterns)
	}
}

test_what_may_be_left_out_is_any if {
	patterns := registries.patterns([{"preset": "gar", "project": "acme-prod"}])
	image.matches("us-docker.pkg.dev/acme-prod/web/api", patterns)
	image.matches("europe-west4-docker.pkg.dev/acme-prod/shop/api", patterns)
	not image.matches("us-docker.pkg.dev/acme-evil/web/api", patterns)
	not image.matches("us-docker.pkg.dev.evil.example/acme-prod/web/api", patterns)
}

test_patterns_stay_as_they_are if {
	list := ["ghcr.io/acme/*", {"preset": "quay", "organization": "acme"}, "registry.acme.io"]
	registries.patterns(list) == ["ghcr.io/acme/*", "quay.io/acme/**", "registry.acme.io"]
}

test_what_is_no_preset_is_left_for_the_comparison_to_refuse if {
	every entry in [
		{"preset": "ghcr"},
		{"preset": "ghcr", "owner": "*"},
		{"preset": "ghcr", "owner": "acme/*"},
		{"preset": "ghcr", "owner": "Acme"},
		{"preset": "ghcr", "owner": ["acme"]},
		{"preset": "ghcr", "owner": ""},
		{"preset": "ghcr", "owner": "acme", "repo": "api"},
		{"preset": "ecr", "account": "1234", "region": "eu-west-1"},
		{"preset": "ecr", "account": "123456789012"},
		{"preset": "ecr", "account": "123456789012", "region": "*"},
		{"preset": "ecr", "account": "123456789012", "regoin": "eu-west-1"},
		{"preset": "harbor", "host": "library", "project": "nginx"},
		{"preset": "harbor", "host": "*.acme.io", "project": "nginx"},
		{"preset": "none"},
		{"owner": "acme"},
		null,
		1,
	] {
		registries.patterns([entry]) == [entry]
	}
}

test_what_is_no_list_is_refused_a_text_too if {
	every value in [null, false, 1, "ghcr.io", "none", {"preset": "ghcr", "owner": "acme"}] {
		registries.patterns(value) == null
	}
}
