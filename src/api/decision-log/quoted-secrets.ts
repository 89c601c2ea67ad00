import { isArray, isObject, type Value } from '../../values/index.ts';
import { type MaskedPlaces, mapMembers, masked } from './masking.ts';

/** Where a verdict says things in words of the rules, or of what was sent; elsewhere stand names. */
const saying: ReadonlySet<string> = new Set([
  ...['message', 'because', 'expected', 'found', 'details', 'fix', 'value'],
  'result',
]);

/** Searches of one text for one secret. */
const mostSearches = 200_000;

/**
 * What a decision came to without the secrets of its input that it quotes. Where there are too many of them to look
 * for, all that could quote one is masked.
 */
export function maskQuotedSecrets(body: Value, secrets: ReadonlySet<string>, places: MaskedPlaces): Value {
  if (secrets.size === 0) return body;
  // The longest first: one may begin like another.
  const sorted = [...secrets].sort((a, b) => b.length - a.length);
  let searches = 0;
  const withoutSecrets = (text: string, path: readonly string[]): string => {
    searches += sorted.length;
    if (searches > mostSearches) return places.mask(path);
    const quoted = sorted.filter(secret => text.includes(secret));
    if (quoted.length === 0) return text;
    places.mask(path);
    return quoted.reduce((rest, secret) => rest.replaceAll(secret, masked), text);
  };
  const walk = (value: Value, path: readonly string[], said: boolean): Value => {
    if (typeof value === 'string') return said ? withoutSecrets(value, path) : value;
    if (!isArray(value) && !isObject(value)) return value;
    return mapMembers(value, (member, key) => walk(member, [...path, key], said || saying.has(key)));
  };
  return walk(body, [], false);
}
