import { evidenceAnswer, evidenceStatus } from '../images/index.ts';
import { hash, isArray, isObject, ObjectBuilder, ObjectValue, type Value } from '../values/index.ts';
import type { Evidence } from './evidence.ts';

/** What came of looking at the signatures of one digest. */
export interface Outcome {
  readonly answer: ObjectValue;
  readonly seen: readonly Evidence[];
  readonly digest: string;
  /** Of an index: `index`, or the platform. */
  readonly about?: string;
}

/** What is the case of an index, and of those of its manifests that count. */
export interface IndexOutcome {
  readonly index: Outcome;
  readonly platforms: readonly Outcome[];
}

export function isVerified({ answer }: Outcome): boolean {
  return evidenceStatus(answer) === 'verified';
}

export function isUnavailable({ answer }: Outcome): boolean {
  return evidenceStatus(answer) === 'unavailable';
}

/**
 * The answer for an index on which too little is found: verified where each of its manifests is, by the
 * authorities that have signed for all of them. What is proven of the index is proven of each. Where one is
 * certainly not, it does not matter what could not be had of the others.
 */
export function joinPlatforms({ index, platforms }: IndexOutcome): ObjectValue {
  const all = platforms.map(platform => withIndex(platform, index));
  if (all.length > 0 && all.every(isVerified)) return signedByAll(all);
  if (isUnavailable(index)) return index.answer;
  const failed = all.filter(outcome => !isVerified(outcome));
  const certain = failed.filter(outcome => !isUnavailable(outcome));
  const [first] = certain.length > 0 ? certain : failed;
  if (first === undefined || evidenceStatus(index.answer) === 'unverified') return index.answer;
  if (all.every(({ answer }) => evidenceStatus(answer) === 'absent'))
    return evidenceAnswer('absent', { reason: `${reasonOf(index)}, nor on its manifests` });
  const status = certain.length > 0 ? 'unverified' : 'unavailable';
  const { about = 'one manifest' } = first;
  const alone = isVerified(index) ? '' : 'the index is not signed, and ';
  return evidenceAnswer(status, { reason: `${alone}of ${about}: ${reasonOf(first)}` });
}

function reasonOf({ answer }: Outcome): string {
  const reason = answer.get('reason');
  return typeof reason === 'string' ? reason : 'no reason is given';
}

function withIndex(platform: Outcome, index: Outcome): Outcome {
  if (!isVerified(index) || isUnavailable(platform)) return platform;
  if (!isVerified(platform)) return { ...platform, answer: index.answer };
  const both = [platform.answer, index.answer];
  const authorities = new Map(both.flatMap(listAt('authorities')).map(each => [hash(each), each]));
  const answer = new ObjectBuilder(platform.answer)
    .set('statements', both.flatMap(listAt('statements')).toSorted(newestFirst))
    .set('authorities', [...authorities.values()])
    .set('count', authorities.size)
    .build();
  return { ...platform, answer };
}

function signedByAll(platforms: readonly Outcome[]): ObjectValue {
  const [only, ...more] = platforms.map(({ answer }) => answer);
  if (more.length === 0) return only!;
  const keys = more.map(answer => new Set(listAt('authorities')(answer).map(hash)));
  const authorities = listAt('authorities')(only!).filter(each => keys.every(known => known.has(hash(each))));
  if (authorities.length === 0)
    return evidenceAnswer('unverified', { reason: 'no authority has signed all manifests of the index' });
  const parts = only!.has('statements') && { parts: platforms.map(partOf) };
  return evidenceAnswer('verified', { count: authorities.length, authorities, ...parts });
}

function partOf({ answer, digest, about = '' }: Outcome): Value {
  const statements = listAt('statements')(answer);
  return ObjectValue.of(Object.entries({ about, digest, statements }));
}

function listAt(key: string): (answer: ObjectValue) => readonly Value[] {
  return answer => {
    const list = answer.get(key);
    return list !== undefined && isArray(list) ? list : [];
  };
}

/** Those whose time nothing proves come last. */
function newestFirst(a: Value, b: Value): number {
  const [first, second] = [signedAt(a), signedAt(b)];
  return first === second ? 0 : first > second ? -1 : 1;
}

function signedAt(statement: Value): string {
  const verification = isObject(statement) ? statement.get('verification') : undefined;
  const at = verification !== undefined && isObject(verification) ? verification.get('signed_at') : undefined;
  return typeof at === 'string' ? at : '';
}
