import { closest, type Diagnostic } from '../../base/index.ts';
import type { Plan } from '../../language/index.ts';
import { problem } from '../policy-data.ts';
import { layerError } from './collisions.ts';
import { layerPrefix, setSource } from './layer.ts';
import type { LayerContent } from './layer-content.ts';

const PARAMETER = 'parameters.';

/** The rules that no exemption lifts, by full name, each with the layer that locks it. */
export function lockedRules(contents: readonly LayerContent[], plan: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    contents.flatMap(content => {
      const { set, label } = content;
      const names = set?.locked === 'all' ? lockableRules(content, plan) : (set?.locked ?? []);
      return names.filter(name => !name.startsWith(PARAMETER)).map(name => [name, label]);
    }),
  );
}

/** What a layer locks that is not its own to lock: it would lock nothing, and nobody would know. */
export function unknownLocks(contents: readonly LayerContent[], plan: Plan): readonly Diagnostic[] {
  return contents.flatMap(content => {
    const { set, layer, lockable } = content;
    if (set === undefined || set.locked === 'all') return [];
    const parameters = [...lockable.parameters].map(name => PARAMETER + name);
    const known = [...lockableRules(content, plan), ...parameters];
    return set.locked
      .filter(name => !known.includes(name))
      .map(name => {
        const near = closest(name, known);
        const hint = near === undefined ? `there are ${known.join(', ')}` : `did you mean ${near}?`;
        const source = setSource(layer.files, layerPrefix(layer))!;
        return layerError(problem(source, `locked: this layer has no ${name}`, hint));
      });
  });
}

/** The full names of the rules by which a layer decides. */
export function rulesOf({ files }: LayerContent, plan: Plan): readonly string[] {
  return rulesIn(new Set(files.map(({ source }) => source.path)), plan);
}

/** The full names of the rules that a layer locks where it locks all. */
export function lockableRules({ lockable }: LayerContent, plan: Plan): readonly string[] {
  return rulesIn(lockable.files, plan);
}

function rulesIn(files: ReadonlySet<string>, plan: Plan): readonly string[] {
  return plan.decisions.flatMap(({ path, rules }) =>
    rules
      .filter(({ source, kind }) => kind !== 'exempt' && files.has(source.file))
      .map(({ name }) => [...path, name].join('.')),
  );
}
