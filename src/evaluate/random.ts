/**
 * Random 32-bit numbers that depend on the seed alone, so that one input gives one verdict.
 * Not for secrets. The generator is Tommy Ettinger's mulberry32.
 */
export function seededRandom(seed: bigint): () => number {
  let state = Number(BigInt.asUintN(32, seed));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
