/** The things that are measured: the same for every engine, and the same in every run. */

/** YAML of Deployments with two and three containers in turn: 400 of them hold 1,000 images. */
export function manifests(documents: number): string {
  return Array.from({ length: documents }, (_, index) => deployment(index, 2 + (index % 2))).join('---\n');
}

function deployment(index: number, containers: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
  namespace: team-${index % 20}
  labels: {app: app-${index}, team: team-${index % 20}}
spec:
  replicas: 3
  selector:
    matchLabels: {app: app-${index}}
  template:
    metadata:
      labels: {app: app-${index}}
    spec:
      serviceAccountName: app-${index}
      containers:
${Array.from({ length: containers }, (_, container) => containerOf(index, container)).join('')}`;
}

function containerOf(index: number, container: number): string {
  return `        - name: c${container}
          image: ${imageRef(index * 3 + container)}
          ports: [{containerPort: 8080}]
          env:
            - {name: LOG_LEVEL, value: info}
            - {name: REGION, value: eu-west-1}
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {memory: 256Mi}
`;
}

/** Most from the own registry and pinned, some from elsewhere, some with a tag that moves. */
export function imageRef(index: number): string {
  const digest = `sha256:${index.toString(16).padStart(64, '0')}`;
  if (index % 10 === 0) return `tool-${index}:${index % 20 === 0 ? 'latest' : '1.27'}`;
  if (index % 10 === 1) return `docker.io/acme/tool-${index}:1.${index}`;
  return `registry.acme.io/team-${index % 20}/app-${index}@${digest}`;
}

/** Plain Rego that both engines run: three rules as they are often written, over `input.images`. */
export const regoPolicy = `package bench

deny contains msg if {
	some image in input.images
	not allowed(image)
	msg := sprintf("%s: %s is not an allowed repository", [image.ref, image.name])
}

deny contains msg if {
	some image in input.images
	not image.digest
	image.tag in {"latest", "dev", "main"}
	msg := sprintf("%s: the tag %q moves", [image.ref, image.tag])
}

deny contains msg if {
	some image in input.images
	not image.digest
	input.context.environment == "production"
	msg := sprintf("%s is not pinned by digest", [image.ref])
}

allowed(image) if {
	name := sprintf("%s/%s", [image.registry, image.repository])
	some prefix in data.bench_repositories
	startswith(name, prefix)
}
`;

/** The same in image statements. */
export const statementPolicy = `package bench

allow registry data.bench_repositories

deny tag "latest", "dev", "main" because "the tag moves"

require digest unless input.context.environment != "production"
`;

/** As many allowed repositories as wanted; the one that matters is the last. */
export function repositories(count: number): readonly string[] {
  return [
    ...Array.from({ length: count - 1 }, (_, index) => `registry.example.org/team-${index}/project-${index}`),
    'registry.acme.io/',
  ];
}
