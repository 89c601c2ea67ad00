import type { Diagnostic } from '../base/index.ts';

const UNKNOWN = /^undefined function (?<name>.+)$/u;

/**
 * The diagnostics with one for each unknown function, at its first call, which says how often it is called. A
 * tree that is written for another host calls such functions in hundreds of places.
 */
export function gatherUnknown(diagnostics: readonly Diagnostic[]): {
  readonly diagnostics: readonly Diagnostic[];
  /** The names, sorted. */
  readonly unknown: readonly string[];
} {
  const calls = Map.groupBy(diagnostics, ({ message }) => UNKNOWN.exec(message)?.groups?.['name']);
  const others = calls.get(undefined) ?? [];
  calls.delete(undefined);
  const gathered = [...calls.values()].map(([first, ...rest]) => {
    if (rest.length === 0) return first!;
    const files = new Set([first!, ...rest].map(({ source }) => source)).size;
    const message = `${first!.message}, called in ${rest.length + 1} places of ${files} file${files === 1 ? '' : 's'}`;
    return { ...first!, message };
  });
  const unknown = [...calls.keys()].filter(name => name !== undefined).sort();
  return { diagnostics: [...others, ...gathered], unknown };
}

/** What can be done about them; undefined where there are none. */
export function unknownHint(unknown: readonly string[]): string | undefined {
  if (unknown.length === 0) return undefined;
  const what = unknown.length === 1 ? 'an unknown function' : `${unknown.length} unknown functions`;
  return `${what}: ${unknown.join(', ')}; --ignore-unknown-builtins passes over them, --capabilities FILE declares them`;
}
