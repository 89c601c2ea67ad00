import { evidenceAnswer, evidenceStatus } from '../images/index.ts';
import { hash, isArray, type ObjectValue, type Value } from '../values/index.ts';
import type { Evidence } from './evidence.ts';

/** What came of looking at the signatures of one digest. */
export interface Outcome {
  readonly answer: ObjectValue;
  readonly seen: readonly Evidence[];
}

/** What is the case of an index, and of those of its manifests that count. */
export interface IndexOutcome {
  readonly index: Outcome;
  readonly platforms: readonly Outcome[];
}

export function isVerified({ answer }: Outcome): boolean {
  return evidenceStatus(answer) === 'verified';
}

/**
 * The answer for an index that is not signed itself: verified where each of its manifests is, by the
 * authorities that have signed all of them. Where one is certainly not, it does not matter what could not
 * be had of the others.
 */
export function joinPlatforms({ index, platforms }: IndexOutcome): ObjectValue {
  const statuses = platforms.map(({ answer }) => evidenceStatus(answer));
  if (platforms.length > 0 && statuses.every(status => status === 'verified')) return signedByAll(platforms);
  if (evidenceStatus(index.answer) === 'unavailable') return index.answer;
  const failed = platforms.filter(outcome => !isVerified(outcome));
  const certain = failed.filter(({ answer }) => evidenceStatus(answer) !== 'unavailable');
  const worst = certain.length > 0 ? certain : failed;
  const [first] = worst;
  if (first === undefined || evidenceStatus(index.answer) === 'unverified') return index.answer;
  const all = statuses.every(status => status === 'absent');
  if (all) return evidenceAnswer('absent', { reason: `${reasonOf(index)}, nor on its manifests` });
  const status = certain.length > 0 ? 'unverified' : 'unavailable';
  const about = first.seen[0]?.about ?? 'one manifest';
  return evidenceAnswer(status, { reason: `the index is not signed, and of ${about}: ${reasonOf(first)}` });
}

export function reasonOf({ answer }: Outcome): string {
  const reason = answer.get('reason');
  return typeof reason === 'string' ? reason : 'no reason is given';
}

function signedByAll(platforms: readonly Outcome[]): ObjectValue {
  const [first, ...others] = platforms.map(({ answer }) => authoritiesOf(answer));
  const keys = others.map(authorities => new Set(authorities.map(hash)));
  const authorities = first!.filter(authority => keys.every(known => known.has(hash(authority))));
  if (authorities.length === 0)
    return evidenceAnswer('unverified', { reason: 'no authority has signed all manifests of the index' });
  if (platforms.length === 1) return platforms[0]!.answer;
  return evidenceAnswer('verified', { count: authorities.length, authorities });
}

function authoritiesOf(answer: ObjectValue): readonly Value[] {
  const authorities = answer.get('authorities');
  return authorities !== undefined && isArray(authorities) ? authorities : [];
}
