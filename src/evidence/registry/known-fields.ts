import type { ObjectValue } from '../../values/index.ts';
import { refuse } from '../look-up-error.ts';

/** Fields of manifests, indexes, descriptors and platforms; OCI image specification and Docker's schemas. */
const fields: ReadonlySet<string> = new Set([
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

const folded: ReadonlySet<string> = new Set([...fields].map(fold));

/**
 * Throws a LookUpError where a key is that of a known field but for the case: runtimes written in Go take
 * it for the field, and the last one counts, so that they would run something else than what is read here.
 */
export function refuseOtherCase(object: ObjectValue): void {
  for (const key of object.keys())
    if (typeof key === 'string' && !fields.has(key) && folded.has(fold(key)))
      refuse(`the manifest has a key that differs from a known one only in case: ${JSON.stringify(key)}`);
}

/** Unicode simple case folding, as far as it ends in ASCII: the Kelvin sign has `k` as its lower case already. */
function fold(key: string): string {
  return key.replaceAll('\u017f', 's').toLowerCase();
}
