/** Who has signed one thing, and which authorities that makes happy. */
export interface Backing {
  /** All that is known of the signer; who shares one of them is the same signer. */
  readonly signers: readonly string[];
  readonly authorities: readonly string[];
}

/**
 * The authorities that are backed, as many as can be told apart: each by a signer of its own, so that neither
 * one signer nor one signature counts for two. A largest matching, by Kuhn's method.
 */
export function distinctAuthorities(backings: readonly Backing[]): readonly string[] {
  const parties = joinSigners(backings);
  const partyOf = new Map<string, ReadonlySet<string>>();
  const tryParty = (party: ReadonlySet<string>, seen: Set<string>): boolean => {
    for (const authority of party) {
      if (seen.has(authority)) continue;
      seen.add(authority);
      const other = partyOf.get(authority);
      if (other !== undefined && !tryParty(other, seen)) continue;
      partyOf.set(authority, party);
      return true;
    }
    return false;
  };
  for (const party of parties) tryParty(party, new Set());
  return [...partyOf.keys()];
}

/** For each signer the authorities that any of what it has signed backs. */
function joinSigners(backings: readonly Backing[]): readonly ReadonlySet<string>[] {
  const parties: { readonly signers: Set<string>; readonly authorities: Set<string> }[] = [];
  for (const { signers, authorities } of backings) {
    const joined = { signers: new Set(signers), authorities: new Set(authorities) };
    for (let i = parties.length - 1; i >= 0; i--) {
      if (joined.signers.isDisjointFrom(parties[i]!.signers)) continue;
      const [party] = parties.splice(i, 1);
      for (const signer of party!.signers) joined.signers.add(signer);
      for (const authority of party!.authorities) joined.authorities.add(authority);
    }
    parties.push(joined);
  }
  return parties.map(party => party.authorities);
}
