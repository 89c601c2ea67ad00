import type { ObjectValue } from '../../values/index.ts';
import { refuse } from '../look-up-error.ts';

/** Fields of one kind of object, and what they become without regard to case. */
export interface KnownFields {
  readonly fields: ReadonlySet<string>;
  readonly folded: ReadonlySet<string>;
}

/** Manifests, indexes, descriptors and platforms; OCI image specification and Docker's schemas. */
export const manifestFields = knownFields([
  'schemaVersion',
  'mediaType',
  'artifactType',
  'config',
  'layers',
  'fsLayers',
  'manifests',
  'subject',
  'annotations',
  'digest',
  'size',
  'urls',
  'data',
  'platform',
  'architecture',
  'os',
  'os.version',
  'os.features',
  'variant',
  'features',
]);

/** The whole of a configuration, its `config`, and what describes its layers. */
export const configFields = knownFields([
  'created',
  'author',
  'architecture',
  'os',
  'os.version',
  'os.features',
  'variant',
  'config',
  'container',
  'container_config',
  'docker_version',
  'rootfs',
  'history',
]);

export const runFields = knownFields([
  'User',
  'ExposedPorts',
  'Env',
  'Entrypoint',
  'Cmd',
  'Volumes',
  'WorkingDir',
  'Labels',
  'StopSignal',
  'Healthcheck',
  'ArgsEscaped',
  'OnBuild',
  'Shell',
]);

/**
 * Throws a LookUpError where a key is that of a known field but for the case: runtimes written in Go take
 * it for the field, and the last one counts, so that they would run something else than what is read here.
 */
export function refuseOtherCase(object: ObjectValue, known: KnownFields, what: string): void {
  for (const key of object.keys())
    if (typeof key === 'string' && !known.fields.has(key) && known.folded.has(fold(key)))
      refuse(`${what} has a key that differs from a known one only in case: ${JSON.stringify(key)}`);
}

function knownFields(names: readonly string[]): KnownFields {
  return { fields: new Set(names), folded: new Set(names.map(fold)) };
}

/** Unicode simple case folding, as far as it ends in ASCII: the Kelvin sign has `k` as its lower case already. */
function fold(key: string): string {
  return key.replaceAll('\u017f', 's').toLowerCase();
}
