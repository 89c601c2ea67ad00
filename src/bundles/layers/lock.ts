import type { PolicyIdentity, PolicyLayer } from '../../decide/index.ts';
import { compareStrings } from '../../values/index.ts';
import { parsePolicyReference } from './policy-reference.ts';

/** What a name stood for when a lock was made; the library has no versions. */
export interface LockedPolicy {
  readonly version?: number | undefined;
  readonly digest: string;
}

/** A `pratique.lock`: what a consumer decides by, each layer by its name (`acme/baseline`). */
export interface Lock {
  readonly policies: Readonly<Record<string, LockedPolicy>>;
}

/** The lock of policies as they have decided. Throws a RangeError where two of them want different versions of one layer. */
export function lockOf(identities: readonly PolicyIdentity[]): Lock {
  const entries = new Map<string, LockedPolicy>();
  for (const { name, version, digest } of identities.flatMap(layersOf)) {
    const known = entries.get(name);
    if (known !== undefined && known.digest !== digest)
      throw new RangeError(`${name} is needed at two versions: ${known.version}, ${version}`);
    entries.set(name, { ...(version !== undefined && { version }), digest });
  }
  const sorted = [...entries].sort(([a], [b]) => compareStrings(a, b));
  return { policies: Object.fromEntries(sorted) };
}

/** The text of a `pratique.lock`: JSON, which is YAML too. */
export function writeLock({ policies }: Lock): string {
  return `${JSON.stringify({ lock: 1, policies }, undefined, 2)}\n`;
}

/** The versions that the lock names of policies of organisations. */
export function lockedVersions({ policies }: Lock) {
  return Object.entries(policies).flatMap(([name, { version }]) => {
    const reference = parsePolicyReference(name);
    if (reference === undefined || version === undefined) return [];
    return [{ org: reference.org, policy: reference.name, number: version }];
  });
}

/** Where a policy is another than the lock says, as sentences; a layer that the lock does not name is one too. */
export function lockProblems({ policies }: Lock, identity: PolicyIdentity): readonly string[] {
  return layersOf(identity).flatMap(layer => {
    const { name, version, digest } = layer;
    const found = textOf(layer);
    if (!Object.hasOwn(policies, name)) return [`${name} is ${found}, and not in the lock`];
    const locked = policies[name]!;
    if (locked.digest === digest && locked.version === version) return [];
    return [`${name} is ${found}, and locked to ${textOf(locked)}`];
  });
}

function layersOf(identity: PolicyIdentity): readonly PolicyLayer[] {
  return identity.layers ?? [identity];
}

function textOf({ version, digest }: LockedPolicy): string {
  return version === undefined ? digest : `version ${version}, ${digest}`;
}
