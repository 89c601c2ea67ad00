import { compileIdentity } from '../../images/index.ts';
import type { ClaimConditions } from '../../store/index.ts';

/** Whether claims meet every condition: one of the globs must stand for the whole claim, or for one of a list. */
export function fitsClaims(conditions: ClaimConditions, claims: Readonly<Record<string, unknown>>): boolean {
  const entries = Object.entries(conditions);
  return entries.length > 0 && entries.every(([name, globs]) => fitsClaim(valuesOf(claims, name), globs));
}

function fitsClaim(values: readonly string[], globs: string | readonly string[]): boolean {
  return [globs].flat().some(glob => {
    const fits = compileIdentity(glob);
    return fits !== undefined && values.some(fits);
  });
}

function valuesOf(claims: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  if (!Object.hasOwn(claims, name)) return [];
  return [claims[name]].flat().flatMap(value => {
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isPlain ? [String(value)] : [];
  });
}
