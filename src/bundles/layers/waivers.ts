import type { Diagnostic } from '../../base/index.ts';
import { isObject } from '../../values/index.ts';
import { problem } from '../policy-data.ts';
import { layerError, sourceOf } from './collisions.ts';
import { isUnder } from './foreign-answers.ts';
import type { LayerContent } from './layer-content.ts';

/**
 * What lets requests of clusters in that rules would deny, `data.pratique.admission`, given by a layer that does not
 * bear all the others: a layer can only tighten.
 */
export function foreignWaivers(layers: readonly LayerContent[]): readonly Diagnostic[] {
  return layers.filter(hasWaivers).flatMap(layer => {
    const weakened = layers.find(other => isUnder(other, layer, layers));
    if (weakened === undefined) return [];
    const message = `data.pratique.admission would waive the rules of ${weakened.label}`;
    const hint = 'only a layer that all the others extend may give it';
    return [layerError(problem(sourceOf(layer, 'pratique'), message, hint))];
  });
}

function hasWaivers({ data }: LayerContent): boolean {
  const settings = data.get('pratique');
  return settings !== undefined && isObject(settings) && settings.has('admission');
}
