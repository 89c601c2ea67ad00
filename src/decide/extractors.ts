import { type Extractor, readExtractors } from '../manifests/index.ts';
import { ObjectValue } from '../values/index.ts';
import type { LoadedPolicy } from './policy.ts';

/**
 * Where, by the data of the policies, the objects of further kinds name images: the lists at
 * `data.pratique.extractors`, joined. A sentence where one is no such list.
 */
export function policyExtractors(policies: readonly LoadedPolicy[]): readonly Extractor[] | string {
  const extractors: Extractor[] = [];
  for (const { data, identity } of policies) {
    const settings = data.get('pratique');
    const value = settings instanceof ObjectValue ? settings.get('extractors') : undefined;
    if (value === undefined) continue;
    const read = readExtractors(value);
    if (typeof read === 'string') return `data.pratique.extractors of ${identity.name}: ${read}`;
    extractors.push(...read);
  }
  return extractors;
}
