import { type Diagnostic, type DiagnosticJson, sortDiagnostics, toDiagnosticJson } from '../../base/index.ts';
import { layerLabel } from '../../bundles/index.ts';

interface LayerIdentity {
  readonly org: string;
  readonly policy: string;
  readonly number: number;
}

/**
 * What is wrong with the layers of a policy, for an organisation to read: without what stands in files of others,
 * whose lines are not for it to see.
 */
export function ownDiagnostics(
  diagnostics: readonly Diagnostic[],
  layers: readonly LayerIdentity[],
  reader: string,
): readonly DiagnosticJson[] {
  const foreign = layers.filter(({ org }) => org !== reader).map(layer => `${layerLabel(layer)}/`);
  const own = diagnostics.filter(({ source }) => !foreign.some(prefix => source.path.startsWith(prefix)));
  return sortDiagnostics(own).map(toDiagnosticJson);
}
