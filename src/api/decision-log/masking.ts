import { isArray, isObject, ObjectBuilder, type Value } from '../../values/index.ts';

/** What stands in place of what is not kept. */
export const masked = '(masked)';

/** More are masked, but not listed. */
const mostListed = 1_000;

/** Shorter secrets are words that a message may have of itself. */
const shortestSecret = 8;

/** Collects the JSON pointers of what was masked. */
export class MaskedPlaces {
  /** Texts of what is secret: they may be quoted elsewhere. */
  readonly secrets = new Set<string>();
  private readonly places = new Set<string>();

  /** What stands in place of the value at a path. */
  mask(path: readonly string[]): string {
    if (this.places.size < mostListed) this.places.add(toPointer(path));
    return masked;
  }

  /** The same of what is secret. */
  maskSecret(path: readonly string[], value: Value): string {
    for (const text of textsIn(value)) if (text.length >= shortestSecret) this.secrets.add(text);
    return this.mask(path);
  }

  get pointers(): readonly string[] {
    return [...this.places].sort();
  }
}

/**
 * The value without what stands at the pointers (RFC 6901), of which a segment `*` stands for every member.
 * What is not there is left out in silence: not every record has every field.
 */
export function maskPointers(value: Value, pointers: readonly string[], places: MaskedPlaces): Value {
  return maskBelow(value, pointers.map(parsePointer), [], places);
}

function maskBelow(
  value: Value,
  targets: readonly (readonly string[])[],
  path: readonly string[],
  places: MaskedPlaces,
): Value {
  if (targets.length === 0) return value;
  if (targets.some(target => target.length === 0)) return places.mask(path);
  return mapMembers(value, (member, key) =>
    maskBelow(member, targetsBelow(targets, key), [...path, key], places),
  );
}

function targetsBelow(targets: readonly (readonly string[])[], key: string) {
  return targets.filter(([first]) => first === key || first === '*').map(target => target.slice(1));
}

/** The array or object with other members; anything else as it is. */
export function mapMembers(value: Value, change: (member: Value, key: string) => Value): Value {
  if (isArray(value)) return value.map((member, index) => change(member, String(index)));
  if (!isObject(value)) return value;
  const changed = new ObjectBuilder();
  for (const [key, member] of value.entries())
    changed.set(key, typeof key === 'string' ? change(member, key) : member);
  return changed.build();
}

/** The texts in a value; of `NAME=value` also the value alone. */
function textsIn(value: Value): readonly string[] {
  if (typeof value === 'string') return [value, value.slice(value.indexOf('=') + 1)];
  if (isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? [...value.entries()].flatMap(([, member]) => textsIn(member)) : [];
}

function parsePointer(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function toPointer(path: readonly string[]): string {
  return path.map(segment => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
