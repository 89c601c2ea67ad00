import { type Backing, distinctAuthorities } from '../images/index.ts';
import { hash, isArray, isObject, type Value } from '../values/index.ts';
import { mismatch } from './operands.ts';

/**
 * The authorities of whom each list has a statement, as `attestation.verified` gives them. In each list they are
 * told apart: neither one signer nor one statement stands for two. None where there is no list.
 */
export function attestationAuthorities(lists: Value): readonly Value[] {
  if (!isArray(lists)) return mismatch(lists, 1, 'array');
  const [first, ...others] = lists.map(authoritiesOf);
  if (first === undefined) return [];
  return [...first]
    .filter(([key]) => others.every(other => other.has(key)))
    .map(([, authority]) => authority);
}

/** By hash. */
function authoritiesOf(statements: Value): ReadonlyMap<string, Value> {
  if (!isArray(statements)) return mismatch(statements, 1, 'array');
  const values = new Map<string, Value>();
  const backings = statements.map((statement): Backing => {
    const verification = isObject(statement) ? statement.get('verification') : undefined;
    const authorities = listAt(verification, 'authorities').map(authority => {
      const key = hash(authority);
      values.set(key, authority);
      return key;
    });
    return { signers: listAt(verification, 'signers').filter(isText), authorities };
  });
  return new Map(distinctAuthorities(backings).map(key => [key, values.get(key)!]));
}

function listAt(value: Value | undefined, key: string): readonly Value[] {
  const list = value !== undefined && isObject(value) ? value.get(key) : undefined;
  return list !== undefined && isArray(list) ? list : [];
}

function isText(value: Value): value is string {
  return typeof value === 'string';
}
