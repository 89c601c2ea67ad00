import type { Extractor } from './extractor.ts';

/** Wherever these stand, they are containers: pod specs and pod templates of any kind, known or not. */
const podShapes: readonly Extractor[] = [
  { paths: ['**.containers.*.image'], container_type: 'container' },
  { paths: ['**.initContainers.*.image'], container_type: 'init' },
  { paths: ['**.ephemeralContainers.*.image'], container_type: 'ephemeral' },
  { paths: ['**.volumes.*.image.reference'], container_type: 'volume' },
  { paths: ['**.volumes.*.containerDisk.image'], container_type: 'volume' },
  { paths: ['**.container.image'], container_type: 'container' },
];

/** Pipelines and workflows: what runs as a step, a script or a sidecar. */
const pipelines: readonly Extractor[] = [
  {
    apiVersion: 'argoproj.io/*',
    paths: ['**.script.image', '**.containerSet.containers.*.image'],
    container_type: 'container',
  },
  { apiVersion: 'argoproj.io/*', paths: ['**.sidecars.*.image'], container_type: 'sidecar' },
  { apiVersion: 'dataflow.argoproj.io/*', paths: ['spec.steps.*.*.image'], container_type: 'step' },
  {
    apiVersion: 'tekton.dev/*',
    paths: [
      '**.steps.*.image',
      '**.stepTemplate.image',
      '**.stepSpecs.*.image',
      '**.containerTemplate.image',
    ],
    container_type: 'step',
  },
  { apiVersion: 'tekton.dev/*', kinds: ['StepAction'], paths: ['spec.image'], container_type: 'step' },
  { apiVersion: 'tekton.dev/*', paths: ['**.sidecars.*.image'], container_type: 'sidecar' },
  {
    apiVersion: 'shipwright.io/*',
    paths: ['spec.steps.*.image', 'spec.buildSteps.*.image', 'spec.buildSpec.steps.*.image'],
    container_type: 'step',
  },
];

/** Operators whose resources name the image that they run in a field of their own. */
const operators: readonly Extractor[] = [
  {
    apiVersion: 'monitoring.coreos.com/*',
    kinds: ['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'],
    paths: ['spec.image', 'spec.baseImage', 'spec.thanos.image', 'spec.thanos.baseImage'],
    container_type: 'field',
  },
  {
    apiVersion: 'ceph.rook.io/*',
    kinds: ['CephCluster'],
    paths: ['spec.cephVersion.image'],
    container_type: 'field',
  },
  {
    apiVersion: 'kafka.strimzi.io/*',
    paths: [
      'spec.image',
      'spec.kafka.image',
      'spec.zookeeper.image',
      'spec.entityOperator.*.image',
      'spec.cruiseControl.image',
      'spec.kafkaExporter.image',
      'spec.jmxTrans.image',
      'spec.build.output.image',
      'spec.*.template.initContainer.image',
    ],
    container_type: 'field',
  },
  {
    apiVersion: 'minio.min.io/*',
    kinds: ['Tenant'],
    paths: ['spec.image', 'spec.kes.image'],
    container_type: 'field',
  },
  {
    apiVersion: 'rabbitmq.com/*',
    kinds: ['RabbitmqCluster'],
    paths: ['spec.image'],
    container_type: 'field',
  },
  {
    apiVersion: 'core.humio.com/*',
    kinds: ['HumioCluster'],
    paths: ['spec.image', 'spec.helperImage'],
    container_type: 'field',
  },
  { apiVersion: 'core.spinkube.dev/*', kinds: ['SpinApp'], paths: ['spec.image'], container_type: 'field' },
  { apiVersion: 'openfaas.com/*', kinds: ['Function'], paths: ['spec.image'], container_type: 'field' },
  {
    apiVersion: 'opentelemetry.io/*',
    kinds: ['OpenTelemetryCollector', 'TargetAllocator', 'OpAMPBridge', 'Instrumentation'],
    paths: ['spec.image', 'spec.targetAllocator.image', 'spec.*.image'],
    container_type: 'field',
  },
  {
    apiVersion: 'pxc.percona.com/*',
    paths: ['spec.*.image', 'spec.initContainer.image', 'spec.logcollector.image', 'spec.initImage'],
    container_type: 'field',
  },
  {
    apiVersion: 'psmdb.percona.com/*',
    paths: ['spec.image', 'spec.*.image', 'spec.initImage'],
    container_type: 'field',
  },
  {
    apiVersion: 'acid.zalan.do/*',
    kinds: ['postgresql'],
    paths: ['spec.dockerImage'],
    container_type: 'field',
  },
  {
    apiVersion: 'postgresql.cnpg.io/*',
    kinds: ['Cluster'],
    paths: ['spec.imageName'],
    container_type: 'field',
  },
  {
    apiVersion: 'postgresql.cnpg.io/*',
    kinds: ['ImageCatalog', 'ClusterImageCatalog'],
    paths: ['spec.images.*.image'],
    container_type: 'field',
  },
  {
    apiVersion: 'postgres-operator.crunchydata.com/*',
    kinds: ['PostgresCluster'],
    paths: [
      'spec.image',
      'spec.backups.pgbackrest.image',
      'spec.proxy.pgBouncer.image',
      'spec.monitoring.pgmonitor.exporter.image',
    ],
    container_type: 'field',
  },
  { apiVersion: '*.k8s.elastic.co/*', paths: ['spec.image'], container_type: 'field' },
  {
    apiVersion: 'sparkoperator.k8s.io/*',
    paths: ['**.spec.image', '**.driver.image', '**.executor.image', '**.template.image'],
    container_type: 'field',
  },
  {
    apiVersion: 'flink.apache.org/*',
    kinds: ['FlinkDeployment'],
    paths: ['spec.image'],
    container_type: 'field',
  },
  { apiVersion: 'jaegertracing.io/*', kinds: ['Jaeger'], paths: ['spec.*.image'], container_type: 'field' },
];

/** Platforms: virtual machines, functions, builds, packages that install controllers. */
const platforms: readonly Extractor[] = [
  {
    apiVersion: 'build.openshift.io/*',
    paths: ['spec.strategy.*.from.name', 'spec.source.images.*.from.name'],
    container_type: 'stage',
  },
  {
    apiVersion: 'pkg.crossplane.io/*',
    kinds: ['Provider', 'Configuration', 'Function'],
    paths: ['spec.package'],
    container_type: 'field',
  },
  {
    apiVersion: 'pkg.crossplane.io/*',
    kinds: ['ProviderRevision', 'ConfigurationRevision', 'FunctionRevision', 'ControllerConfig'],
    paths: ['spec.image'],
    container_type: 'field',
  },
  {
    apiVersion: 'image.toolkit.fluxcd.io/*',
    kinds: ['ImageRepository'],
    paths: ['spec.image'],
    container_type: 'field',
  },
  {
    apiVersion: 'caching.internal.knative.dev/*',
    kinds: ['Image'],
    paths: ['spec.image'],
    container_type: 'field',
  },
  {
    apiVersion: 'mutations.gatekeeper.sh/*',
    kinds: ['Assign'],
    paths: ['spec.parameters.assign.value.image'],
    container_type: 'container',
  },
  {
    apiVersion: 'operators.coreos.com/*',
    kinds: ['CatalogSource'],
    paths: ['spec.image'],
    container_type: 'field',
  },
  {
    apiVersion: 'operators.coreos.com/*',
    kinds: ['ClusterServiceVersion'],
    paths: ['spec.relatedImages.*.image'],
    container_type: 'field',
  },
  {
    apiVersion: 'upgrade.cattle.io/*',
    kinds: ['Plan'],
    paths: ['spec.upgrade.image', 'spec.prepare.image'],
    container_type: 'container',
  },
];

/** Every field that is read as an image, whatever policy decides. The first that fits gives the type. */
export const builtInExtractors: readonly Extractor[] = [
  ...podShapes,
  ...pipelines,
  ...operators,
  ...platforms,
];
