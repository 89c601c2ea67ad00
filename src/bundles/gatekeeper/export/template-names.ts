/** What the objects of an exported policy are called. */
export interface TemplateNames {
  /** `PratiqueDisallowedTags` */
  readonly kind: string;
  /** Of the template, and the package of its entry: `pratiquedisallowedtags`. */
  readonly template: string;
  /** Of the constraint: `disallowed-tags`. */
  readonly constraint: string;
}

/** Kubernetes' limit of the name of a resource. */
const LONGEST = 63;

/** The names for a policy of this name; undefined where none can be made of it. */
export function templateNames(policy: string): TemplateNames | undefined {
  const words = policy.match(/[A-Za-z0-9]+/gu) ?? [];
  const kind = ['Pratique', ...words.map(word => word.charAt(0).toUpperCase() + word.slice(1))].join('');
  if (words.length === 0 || kind.length > LONGEST || /[^\x20-\x7E]/u.test(policy)) return undefined;
  return { kind, template: kind.toLowerCase(), constraint: words.join('-').toLowerCase() };
}
